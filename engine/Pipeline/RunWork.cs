using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What a run works on. A closed family.</summary>
public abstract record RunWork
{
    private RunWork()
    {
    }

    /// <summary>The rows of a list, or the inverse of a run.</summary>
    /// <param name="OpenAsync">Opens the list; called once, before the tenant is locked.</param>
    public sealed record Rows(Func<CancellationToken, ValueTask<IRowSource>> OpenAsync) : RunWork
    {
        /// <summary>Whether a row is planned; null: every row. The others still count in what is asked of the list as a whole.</summary>
        public Func<SourceRow, bool>? Only { get; init; }

        /// <summary>Instead of the tenant's policy; null for the tenant's.</summary>
        public PlanningPolicy? Policy { get; init; }
    }

    /// <summary>A plan that was saved, reviewed, and may have been approved. It is applied once.</summary>
    public sealed record SavedPlan(ISavedPlan Plan) : RunWork;

    /// <summary>A run that was interrupted. Users are read anew; nothing is done twice.</summary>
    public sealed record Resumed(string RunId) : RunWork;

    /// <summary>A change of one user.</summary>
    public sealed record Change(UserChange User) : RunWork;
}
