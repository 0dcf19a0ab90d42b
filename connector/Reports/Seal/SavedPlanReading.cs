namespace ProvisioningConnector.Reports.Seal;

/// <summary>What came of opening a plan file. All problems with files are here; nothing of it is an exception.</summary>
public abstract record SavedPlanReading
{
    private SavedPlanReading()
    {
    }

    /// <summary>A full plan, its seal verified if a key was given.</summary>
    public sealed record Opened(SavedPlan Plan) : SavedPlanReading;

    /// <summary>Not a plan: not JSON at all, or a JSON of another kind (a source, a run).</summary>
    /// <param name="Message">What it is instead.</param>
    public sealed record NotAPlan(string Message) : SavedPlanReading;

    /// <summary>A plan with hidden values; nothing can be applied from it.</summary>
    public sealed record Masked : SavedPlanReading;

    /// <summary>A plan in a format this program does not read.</summary>
    /// <param name="Found">Its <c>formatVersion</c>.</param>
    public sealed record WrongVersion(string Found) : SavedPlanReading;

    /// <summary>The content is not what was sealed, or the key is another store's.</summary>
    /// <param name="Message">What is wrong and what to do.</param>
    public sealed record SealBroken(string Message) : SavedPlanReading;

    /// <summary>A plan that breaks off or holds something impossible.</summary>
    /// <param name="Message">What is wrong; never a value of the file.</param>
    /// <param name="Line">Line from 1; null where it is not known.</param>
    /// <param name="User">Which user entry, from 1; null where it is not about a user.</param>
    public sealed record Malformed(string Message, long? Line, long? User) : SavedPlanReading;
}
