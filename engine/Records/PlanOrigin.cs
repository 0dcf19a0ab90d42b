namespace ProvisioningConnector.Engine.Records;

/// <summary>What a plan was made from. A closed family; what depends on it asks for the type, never for the name of the source.</summary>
public abstract record PlanOrigin
{
    private const string UndoPrefix = "undo ";
    private const string ActionPrefix = "action ";
    private const string MigrationPrefix = "migrate ";
    private const string RequestName = "facade";

    private PlanOrigin()
    {
    }

    /// <summary>Whether it is a list of users with a name of its own, to be counted and compared with the last accepted one.</summary>
    public bool IsList => this is Source or StandardInput;

    /// <summary>The origin of a plan that was written down without one, as earlier versions did.</summary>
    /// <param name="source">Its source. What was not made from a list has no census; its name begins with what it was.</param>
    public static PlanOrigin OfOlder(SourceIdentity source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source is not { Census: null, Delta: true, Name: var name }) return new Source();
        if (After(UndoPrefix, name) is { } run && IsRunId(run)) return new Undo(run);
        if (After(ActionPrefix, name) is { } action && IsWord(action)) return new Action(action);
        if (name == RequestName) return new Request(null);
        return After($"{RequestName} ", name) is { } operation && IsWord(operation) ? new Request(operation) : new Source();
    }

    private static string? After(string prefix, string name) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;

    /// <summary>Run ids begin with an r and the date.</summary>
    private static bool IsRunId(string text) => text is ['r', >= '0' and <= '9', ..] && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsWord(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');

    /// <summary>A file, or a source of the configuration.</summary>
    public sealed record Source : PlanOrigin;

    /// <summary>A list that came on standard input and cannot be read again.</summary>
    public sealed record StandardInput : PlanOrigin;

    /// <summary>The inverse of a run: its rows speak of some values only.</summary>
    public sealed record Undo(string RunId) : PlanOrigin
    {
        /// <summary>The step of <c>migrate</c> that is undone, where its undo needs the credential and the approval of that step
        /// (<see cref="Migration.Invite"/>); null otherwise.</summary>
        public string? Step { get; init; }

        /// <summary>Stands for the source in documents.</summary>
        public string Name => UndoPrefix + RunId;

        /// <summary>The undo of a run.</summary>
        public static Undo Of(RunHeader run)
        {
            ArgumentNullException.ThrowIfNull(run);
            return new Undo(run.RunId) { Step = run.Plan.Origin is Migration { Step: Migration.Invite } ? Migration.Invite : null };
        }
    }

    /// <summary>A step of the way from phones: its rows speak of some values only, and what it rests on is looked at again before each write.</summary>
    /// <param name="Step">One of <see cref="Invite"/>, <see cref="Default"/> and <see cref="Cleanup"/>, as on the command line.</param>
    public sealed record Migration(string Step) : PlanOrigin
    {
        /// <summary>Puts people into the group of invited people.</summary>
        public const string Invite = "invite";

        /// <summary>Moves the default away from phones and ends SMS sign-in.</summary>
        public const string Default = "default";

        /// <summary>Removes phones after the retirement.</summary>
        public const string Cleanup = "cleanup";

        /// <summary>Stands for the source in documents.</summary>
        public string Name => MigrationPrefix + Step;
    }

    /// <summary>A change of one user.</summary>
    public abstract record OneUser : PlanOrigin
    {
        private protected OneUser()
        {
        }

        /// <summary>Stands for the source in documents.</summary>
        public abstract string Name { get; }
    }

    /// <summary>A verb for one user.</summary>
    /// <param name="Operation">Name of the action, as on the command line.</param>
    public sealed record Action(string Operation) : OneUser
    {
        /// <summary>Issues a pass for one person at the helpdesk, and takes it back where no one is proved to have it.</summary>
        public const string Rescue = "rescue";

        public override string Name => ActionPrefix + Operation;
    }

    /// <summary>A request to the service.</summary>
    /// <param name="Operation">Name of the operation of the plain API; null for requests under <c>/openidm</c>.</param>
    public sealed record Request(string? Operation) : OneUser
    {
        public override string Name => Operation is null ? RequestName : $"{RequestName} {Operation}";
    }
}
