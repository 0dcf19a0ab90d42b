using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>Reads one page of a list of methods into a draft, by hand (docs/graph.md#how-the-sdk-is-used).</summary>
internal static class MethodsPage
{
    /// <summary>Returns the link to the next page; null when this is the last, or the draft is spoilt.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="draft">Receives the entries.</param>
    /// <param name="type">What entries are that do not say it: typed collections carry no <c>@odata.type</c>.</param>
    /// <param name="kind">Their kind, for <see cref="EntryType.Other"/>.</param>
    public static string? Read(ReadOnlyMemory<byte> body, MethodsDraft draft, EntryType type = EntryType.Missing, MethodKind kind = MethodKind.Unknown)
    {
        bool good = ListPage.TryRead(body, Take, out string? next, out string wrong);
        if (!good) draft.Spoil(wrong);
        return draft.Spoilt is null ? next : null;

        bool Take(ref Utf8JsonReader reader)
        {
            if (!MethodsEntry.TryRead(ref reader, type, kind, out MethodsEntry entry)) return false;
            draft.Add(entry);
            return true;
        }
    }

    /// <summary>Reads the one method of a kind of which a user has one at most.</summary>
    public static void ReadSingle(ReadOnlyMemory<byte> body, MethodsDraft draft, MethodKind kind)
    {
        try
        {
            Utf8JsonReader reader = new(Utf8Text.WithoutMark(body).Span);
            if (reader.Read() && MethodsEntry.TryRead(ref reader, EntryType.Other, kind, out MethodsEntry entry)) draft.Add(entry);
            else draft.Spoil("it is not a JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            draft.Spoil("it is not valid JSON");
        }
    }
}
