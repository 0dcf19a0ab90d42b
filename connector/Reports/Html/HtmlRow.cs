using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Html;

/// <summary>A user as the page's script reads it: short keys, numbers for names that the head shows, nothing that is empty.</summary>
internal static class HtmlRow
{
    public static string Json(UserEntry user, long position) => HtmlJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", position);
        Text(writer, "u", user.User);
        Text(writer, "d", user.DisplayName);
        Text(writer, "i", user.Uid);
        Text(writer, "p", user.Place.ToString());
        writer.WriteNumber("s", (int)user.Situation);
        writer.WriteNumber("f", (int)Judgement.From(user));
        if (Flags(user) is var flags && flags != HtmlFlags.None) writer.WriteNumber("g", (int)flags);
        if (user.MethodsBefore is { } before) writer.WriteNumber("b", before);
        if (Judgement.Final(user) is { } after) writer.WriteNumber("a", after);
        if (user.Outcome is { } outcome) writer.WriteNumber("o", (int)outcome);
        if (user.Verified is { } verified) writer.WriteNumber("v", verified ? 1 : 0);
        Array(writer, "c", Change.From(user), WriteChange);
        Array(writer, "h", user.Held, WriteHeld);
        Array(writer, "m", user.Diagnostics, WriteDiagnostic);
        writer.WriteEndObject();
    });

    private static HtmlFlags Flags(UserEntry user)
    {
        HtmlFlags drifted = Judgement.Drifted(user) ? HtmlFlags.Drifted : HtmlFlags.None;
        if (user.Situation != Situation.Changed) return drifted;
        return drifted | (Judgement.EndsWithFewer(user) ? HtmlFlags.Fewer : HtmlFlags.None)
            | (Judgement.OnlyPhone(user) ? HtmlFlags.OnlyPhone : HtmlFlags.None)
            | (Judgement.DefaultMoves(user) ? HtmlFlags.DefaultMoves : HtmlFlags.None)
            | (Judgement.PrivilegedTouched(user) ? HtmlFlags.Privileged : HtmlFlags.None)
            | (Judgement.LosesLastPhone(user) ? HtmlFlags.LastPhone : HtmlFlags.None)
            | (Judgement.From(user) == Finding.LeftWithNone ? HtmlFlags.NoneLeft : HtmlFlags.None)
            | (user.Diagnostics.IsEmpty ? HtmlFlags.None : HtmlFlags.Warned);
    }

    private static void WriteChange(Utf8JsonWriter writer, Change change)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue((int)change.Sign);
        Value(writer, change.Partners is { } move ? $"{change.What} ({move})" : change.What);
        Value(writer, change.Before);
        Value(writer, change.After);
        foreach (OperationEntry operation in change.Operations)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue((int)operation.Action);
            Value(writer, operation.Id is { } id ? $"{operation.Method} {id}" : operation.Method);
            Value(writer, operation.Reason);
            if (operation.Outcome is { } outcome)
            {
                bool already = operation.Error?.Code == ExecutionCodes.AlreadySo;
                Value(writer, already ? "already so" : outcome.Name());
                Value(writer, operation.Error?.Code);
                Value(writer, operation.Error?.Message);
                Value(writer, operation.Error?.RequestId);
                Value(writer, Instant(operation.SentAt));
                Value(writer, Instant(operation.VerifiedAt));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteHeld(Utf8JsonWriter writer, HeldPart held)
    {
        writer.WriteStartArray();
        Value(writer, held.Part.Name());
        Value(writer, held.Code);
        writer.WriteNumberValue(held.Standing ? 1 : 0);
        Value(writer, held.Message);
        writer.WriteEndArray();
    }

    private static void WriteDiagnostic(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue((int)diagnostic.Severity);
        Value(writer, diagnostic.Code);
        Value(writer, diagnostic.Message);
        Value(writer, diagnostic.Place?.ToString());
        writer.WriteEndArray();
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        bool any = false;
        foreach (T item in items)
        {
            if (!any) writer.WriteStartArray(name);
            any = true;
            write(writer, item);
        }

        if (any) writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) writer.WriteString(name, Visible.Escape(text));
    }

    private static void Value(Utf8JsonWriter writer, string? text)
    {
        if (text is null) writer.WriteNullValue();
        else writer.WriteStringValue(Visible.Escape(text));
    }
}
