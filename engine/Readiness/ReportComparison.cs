namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Counts of this product beside those of Microsoft's registration report, method by method. Not for several threads.</summary>
public sealed class ReportComparison
{
    private readonly Dictionary<PersonMethods, (long Ours, long Report)> _methods = [];

    /// <summary>People of the directory.</summary>
    public long People { get; private set; }

    /// <summary>Of them, people of whom the report has no row.</summary>
    public long Missing { get; private set; }

    /// <summary>Of those, disabled ones, which the report leaves out.</summary>
    public long MissingDisabled { get; private set; }

    /// <summary>People whose row says something else than a reading of their methods.</summary>
    public long Different { get; private set; }

    /// <summary>Rows of people whom the directory does not have; set at the end.</summary>
    public long RowsWithoutPerson { get; set; }

    /// <param name="person">What holds.</param>
    /// <param name="report">What the report has; null: no row.</param>
    public void Add(PersonFacts person, PersonMethods? report)
    {
        ArgumentNullException.ThrowIfNull(person);
        People++;
        if (report is null)
        {
            Missing++;
            if (person.Enabled == false) MissingDisabled++;
        }
        else if (person.Methods is { } read && person.Evidence == MethodsSource.Live && Comparable(read) != Comparable(report.Value))
        {
            Different++;
        }

        foreach (PersonMethods method in MethodSets.All)
        {
            bool ours = person.Methods is { } methods && methods.HasFlag(method);
            bool theirs = report is { } row && row.HasFlag(method);
            if (!ours && !theirs) continue;
            (long before, long beforeReport) = _methods.GetValueOrDefault(method);
            _methods[method] = (before + (ours ? 1 : 0), beforeReport + (theirs ? 1 : 0));
        }
    }

    /// <summary>Methods of which the counts differ.</summary>
    public IEnumerable<MethodDifference> Differences => MethodSets.All
        .Select(method => (method, counts: _methods.GetValueOrDefault(method)))
        .Where(static pair => pair.counts.Ours != pair.counts.Report)
        .Select(static pair => new MethodDifference(pair.method.Names().First(), pair.counts.Ours, pair.counts.Report));

    /// <summary>The report distinguishes kinds of Authenticator and passkeys; a reading of methods does not.</summary>
    public static PersonMethods Comparable(PersonMethods methods)
    {
        const PersonMethods Authenticator = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless;
        const PersonMethods Passkeys = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey;
        PersonMethods same = methods & ~(Authenticator | Passkeys | MethodSets.OnlyInReport | PersonMethods.UnknownKind | PersonMethods.QrCodePin);
        if ((methods & Authenticator) != PersonMethods.None) same |= PersonMethods.AuthenticatorPush;
        if ((methods & Passkeys) != PersonMethods.None) same |= PersonMethods.Passkey;
        return same;
    }
}

/// <summary>A method that another number of people has than the report says.</summary>
/// <param name="Method">Its name, as the report spells it.</param>
/// <param name="Ours">People who have it.</param>
/// <param name="Report">People of whom the report says so.</param>
public sealed record MethodDifference(string Method, long Ours, long Report);
