using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>
/// Very many users of whom nothing is stored but a bit: everything about the n-th one follows from n. Every
/// <paramref name="changedEvery"/>-th lacks the mobile number that the source wants; all others have it.
/// </summary>
public sealed class Crowd(int count, int changedEvery = 1)
{
    private const string Domain = "@contoso.com";
    private readonly bool[] _written = new bool[count];

    public int Count => count;

    /// <summary>Users whose number was written since.</summary>
    public int Written { get; private set; }

    /// <summary>Writes to users who had their number already: work done twice.</summary>
    public int WrittenTwice { get; private set; }

    public static string Uid(int user) => user.ToString("D8", CultureInfo.InvariantCulture);

    public static int IndexOf(string uid) => int.Parse(uid, CultureInfo.InvariantCulture);

    public static DirectoryUser Account(int user) => new(Uid(user), Uid(user) + Domain);

    public static SourceRow Row(int user)
    {
        string name = Uid(user) + Domain;
        return new SourceRow(user, new Place("crowd.csv", user + 2), name, new UserKey(UserKeyKind.Name, name),
            new DesiredMethods { Mobile = Managed.Value(Number(user)) }, null, []);
    }

    /// <summary>What the user has now.</summary>
    public CurrentMethods Now(int user) => Lacks(user) && !_written[user]
        ? CurrentMethods.Nothing
        : CurrentMethods.Nothing with { Mobile = CurrentSlot.FromGraph(Number(user).Canonical()) };

    /// <summary>A user who is to be changed, as the plan has it.</summary>
    public static PlannedUser Planned(int user)
    {
        SourceRow row = Row(user);
        DirectoryUser account = Account(user);
        return new PlannedUser(row, account, CurrentMethods.Nothing,
            Planner.Plan(new PlanRequest(CurrentMethods.Nothing, row.Desired, PlanningPolicy.Default, Engine.Planning.Account.From(account), Holds.None)));
    }

    /// <summary>Whether the user lacked the number at the beginning.</summary>
    public bool Lacks(int user) => user % changedEvery == 0;

    public void Write(int user)
    {
        if (_written[user] || !Lacks(user)) WrittenTwice++;
        else Written++;
        _written[user] = true;
    }

    private static PhoneNumber Number(int user) => Some.Number(string.Create(CultureInfo.InvariantCulture, $"+1 2{user:D9}"));
}
