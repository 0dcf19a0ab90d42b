using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Composition;

/// <summary>Opens plan files and words what can be wrong with them.</summary>
internal static class PlanFiles
{
    /// <exception cref="ProvisioningException">Missing or unreadable.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("fileUnreadable", $"The file '{path}' cannot be read: {exception.Message}", "Check the path and its permissions.");
        }
    }

    /// <summary>Reads and checks a plan; a null key leaves the seal unchecked.</summary>
    /// <exception cref="ProvisioningException">It is no usable plan.</exception>
    public static async Task<SavedPlan> ReadAsync(string path, Stream file, ReadOnlyMemory<byte>? key, CancellationToken cancellation) =>
        await SavedPlan.ReadAsync(file, key, cancellation) switch
        {
            SavedPlanReading.Opened opened => opened.Plan,
            SavedPlanReading.NotAPlan not =>
                throw new ProvisioningException("notAPlan", $"'{path}' is not a plan: {not.Message}", "Make one with 'provision plan SOURCE --out FILE'."),
            SavedPlanReading.Masked =>
                throw new ProvisioningException("planMasked", $"'{path}' is a masked report, not a saved plan: its values are hidden, so it cannot be applied.",
                    "Save the plan with 'provision plan SOURCE --out FILE'."),
            SavedPlanReading.WrongVersion wrong =>
                throw new ProvisioningException("planVersion", $"'{path}' has format version {wrong.Found}, which this program does not read.",
                    "Plan again with this version."),
            SavedPlanReading.SealBroken broken =>
                throw new ProvisioningException("planSealBroken", $"'{path}': {broken.Message}",
                    "Plan again; a saved plan must not be edited, and only the store that made it can apply it."),
            SavedPlanReading.Malformed malformed =>
                throw new ProvisioningException("planMalformed",
                    $"'{path}'{(malformed.Line is { } line ? $", line {line}" : string.Empty)}: {malformed.Message}",
                    "Plan again; a saved plan must not be edited."),
            var other => throw new InvalidOperationException($"A reading is of an unknown kind: {other.GetType().Name}."),
        };

    /// <summary>Reads any document of a plan or a run, only to show it again; nothing is checked.</summary>
    /// <exception cref="ProvisioningException">It is no such document.</exception>
    public static async Task<Report> ReadAnyAsync(string path, Stream file, CancellationToken cancellation) =>
        await SavedReport.ReadAsync(file, cancellation) switch
        {
            SavedReportReading.Opened opened => opened.Report,
            SavedReportReading.NotAReport =>
                throw new ProvisioningException("notAPlan", $"'{path}' is neither a plan nor a run.",
                    "Show a file made with 'plan --out FILE' or '--report FILE.json', or the id of a run (provision runs)."),
            SavedReportReading.WrongVersion wrong =>
                throw new ProvisioningException("planVersion", $"'{path}' has format version {wrong.Found}, which this program does not read.",
                    "Show it with the version that made it."),
            SavedReportReading.Malformed =>
                throw new ProvisioningException("planMalformed", $"'{path}' is damaged: its head cannot be read.", "Make it again."),
            var other => throw new InvalidOperationException($"A reading is of an unknown kind: {other.GetType().Name}."),
        };

    /// <summary>A JSON object whose <c>kind</c> is <c>plan</c> is a plan, whatever its name (docs/sources.md).</summary>
    public static bool IsPlan(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using FileStream file = File.OpenRead(path);
            return IsPlan(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading it reports why it cannot be read.
            return false;
        }
    }

    /// <inheritdoc cref="IsPlan(string)"/>
    public static bool IsPlan(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        // What can be read only once, such as a pipe, is left for the reader of a list.
        if (!file.CanSeek) return false;
        byte[] start = new byte[512];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string text = Encoding.UTF8.GetString(start, 0, read).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith('{') && KindOf(start.AsSpan(0, read)) == "plan";
    }

    /// <summary>The top-level <c>kind</c> that a JSON object's beginning shows; null when it does not.</summary>
    public static string? KindOf(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        Utf8JsonReader reader = new(start.StartsWith(mark) ? start[3..] : start, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("kind"u8)) continue;
                return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
        }
        catch (JsonException)
        {
            // Not JSON at all: reading the file as a source reports where and why.
            return null;
        }

        return null;
    }
}
