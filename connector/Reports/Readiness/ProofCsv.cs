using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Migration.Steps;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>Invited people as CSV, those who are stalled first. Personal data; it holds no number.</summary>
public static class ProofCsv
{
    public static async Task WriteAsync(ImmutableArray<ProvedPerson> people, Stream output, CancellationToken cancellation)
    {
        await using StreamWriter writer = new(output, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        await ReadinessCsv.RowAsync(writer, ["user", "state", "since", "invitedAt", "stalled", "whatToDo"], cancellation);
        foreach (ProvedPerson person in people.OrderBy(static one => one.Proof.Stalled is null)
            .ThenBy(static one => one.User, StringComparer.OrdinalIgnoreCase))
        {
            await ReadinessCsv.RowAsync(writer,
                [PeopleColumns.Harmless(person.User), person.Proof.State.Name(), Day(person.Proof.Since), Day(person.InvitedAt),
                    person.Proof.Stalled?.Name() ?? "", person.Proof.Stalled?.Advice() ?? ""], cancellation);
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
