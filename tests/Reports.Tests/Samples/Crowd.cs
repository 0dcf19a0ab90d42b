using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Tests.Samples;

/// <summary>Many users, made while they are read.</summary>
internal static class Crowd
{
    private static readonly string[] Names =
    [
        "Amara Okafor", "José Álvarez de la Cruz", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine", "李小龍", "Zoë Müller-Lüdenscheidt",
        "Nguyễn Thị Minh Khai", "Łukasz Żółć", "محمد الفارسي", "Aoife Ní Bhriain", "Rajesh Venkataraman Subramanian",
    ];

    public static Report Report(int changed, long users) =>
        ProvisioningConnector.Reports.Documents.Report.From(
            Sample.Head() with
            {
                Summary = new() { Equal = users - changed, Changed = changed, Operations = new(Add: changed) },
                Forecast = new(users, changed, changed / 17.0),
                Source = Sample.Head().Source with { Rows = users },
            },
            _ => Users(changed).ToAsyncEnumerable(), Sample.Digests) with
        { Context = Sample.Context };

    public static IEnumerable<PlannedUser> Users(int count) => Enumerable.Range(0, count).Select(One);

    private static PlannedUser One(int i)
    {
        PhoneNumber a = Sample.Number($"+1 206555{i % 10000:d4}");
        PhoneNumber b = Sample.Number($"+44 20794{i % 100000:d5}");
        AuthenticationMethod authenticator = new(MethodKind.MicrosoftAuthenticator, $"auth-{i}", "Phone");
        string user = string.Create(CultureInfo.InvariantCulture, $"{Names[i % Names.Length].Split(' ')[0].ToLowerInvariant()}.{i}@contoso.com");
        (CurrentMethods Current, Operation[] Operations) made = (i % 97) switch
        {
            0 => (new() { Mobile = CurrentSlot.From(a) }, [new Operation.DeletePhone(PhoneType.Mobile, CurrentSlot.From(a), Reason.NotWanted)]),
            1 or 2 => (new() { Office = CurrentSlot.From(a), Others = [authenticator] },
                [new Operation.DeletePhone(PhoneType.Office, CurrentSlot.From(a), Reason.NotWanted)]),
            > 2 and < 30 => (new() { Mobile = CurrentSlot.From(a) }, [new Operation.UpdatePhone(PhoneType.Mobile, CurrentSlot.From(a), b, Reason.Differs)]),
            > 30 and < 34 => (new() { Mobile = CurrentSlot.From(a) },
                [new Operation.AddPhone(PhoneType.Office, a, Reason.Missing),
                    new Operation.DeletePhone(PhoneType.Mobile, CurrentSlot.From(a), Reason.NotWanted)]),
            _ => (new() { Others = [authenticator] },
                [new Operation.AddPhone(PhoneType.Mobile, a, Reason.Missing), new Operation.AddPhone(PhoneType.Office, b, Reason.Missing)]),
        };
        return Sample.User(user, made.Current, operations: [.. made.Operations], displayName: Names[i % Names.Length], privileged: i % 4001 == 5, ordinal: i);
    }
}
