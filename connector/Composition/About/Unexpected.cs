using System.Diagnostics;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition.About;

/// <summary>
/// Words a mistake of this program. Neither the exception's message nor its stack trace is shown, since both may hold what is no one's business:
/// only its type and the way through the program, which is what a report of the mistake needs.
/// </summary>
internal static class Unexpected
{
    private const int MostSteps = 3;

    public static ErrorDocument Document(Exception exception)
    {
        string way = string.Join(" < ", Steps(exception).Distinct(StringComparer.Ordinal).Take(MostSteps));
        string where = way.Length == 0 ? string.Empty : $" in {way}";
        return new ErrorDocument(
            "unexpected",
            $"Internal error: {exception.GetType().Name}{where}.",
            $"Please report this line with version {Identity.ToolVersion} and the command (without numbers or names). "
            + "If a run was under way, 'provision runs' shows how to continue it.");
    }

    private static IEnumerable<string> Steps(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method || type.Namespace is not { } space) continue;
            if (!space.StartsWith("ProvisioningConnector", StringComparison.Ordinal)) continue;

            // A method with await runs in a nested type of its own, named <Method>d__N.
            string own = type.DeclaringType is { } outer && type.Name.StartsWith('<') ? $"{outer.Name}.{Between(type.Name)}" : $"{type.Name}.{method.Name}";
            yield return own;
        }
    }

    private static string Between(string name) => name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? name[1..end] : name;
}
