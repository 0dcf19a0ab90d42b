using System.Buffers.Binary;
using System.Text;

namespace ProvisioningConnector.Stores.Sealing;

/// <summary>
/// Where a sealed value lies, as the associated data of its encryption: the field, and what identifies its row
/// (tenant id, run, user, position). A ciphertext that was moved elsewhere does not open there.
/// </summary>
internal static class SealedField
{
    public const string Head = "runs.head";
    public const string User = "run_users.body";
    public const string Result = "run_users.result";
    public const string Intent = "operations.intent";
    public const string Outcome = "operations.result";
    public const string Note = "notes.text";
    public const string Lease = "tenant_leases.body";
    public const string Opening = "window_openings.body";
    public const string RequestKey = "request_keys.body";

    public const string Audit = "audit.body";
    public const string Approval = "approvals.body";

    public const string ApiKey = "api_keys.body";

    public const string Analysis = "analyses.body";

    public const string AnalysisPage = "analysis_pages.body";

    public static byte[] OfAnalysis(string id) => At(Analysis, id);

    public static byte[] OfAnalysisPage(string id, long page) => At(AnalysisPage, id, page);

    public static byte[] OfApiKey(string id) => At(ApiKey, id);

    public static byte[] OfAudit(long number) => At(Audit, number);

    public static byte[] OfApproval(string id, string plan) => At(Approval, id, plan);

    public static byte[] OfHead(string tenant, string run) => At(Head, tenant, run);

    /// <param name="tenant">Tenant id of the run.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="ordinal">Position in the source.</param>
    /// <param name="uid">The user's digest; null for rows without a user.</param>
    public static byte[] OfUser(string tenant, string run, long ordinal, byte[]? uid) => At(User, tenant, run, ordinal, uid);

    public static byte[] OfResult(string tenant, string run, byte[]? uid) => At(Result, tenant, run, uid);

    public static byte[] OfIntent(string tenant, string run, byte[] uid, long position) => At(Intent, tenant, run, uid, position);

    public static byte[] OfOutcome(string tenant, string run, byte[] uid, long position) => At(Outcome, tenant, run, uid, position);

    public static byte[] OfNote(string name) => At(Note, name);

    public static byte[] OfLease(string tenant) => At(Lease, tenant);

    public static byte[] OfRequestKey(string name) => At(RequestKey, name);

    public static byte[] OfOpening(string opening, string tenant) => At(Opening, opening, tenant);

    /// <summary>The field and the row's values, each with its kind and length, so that no two places have the same bytes.</summary>
    /// <param name="field">Table and column.</param>
    /// <param name="row">Texts, whole numbers, bytes, or null.</param>
    public static byte[] At(string field, params ReadOnlySpan<object?> row)
    {
        using MemoryStream place = new(128);
        Put(place, 's', Encoding.UTF8.GetBytes(field));
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (object? value in row)
        {
            switch (value)
            {
                case null or DBNull:
                    Put(place, 'n', []);
                    break;
                case string text:
                    Put(place, 's', Encoding.UTF8.GetBytes(text));
                    break;
                case byte[] bytes:
                    Put(place, 'b', bytes);
                    break;
                case long whole:
                    BinaryPrimitives.WriteInt64BigEndian(number, whole);
                    Put(place, 'i', number);
                    break;
                default:
                    throw new ArgumentException($"A row is not distinguished from others by a {value.GetType().Name}.", nameof(row));
            }
        }

        return place.ToArray();
    }

    private static void Put(MemoryStream place, char kind, ReadOnlySpan<byte> value)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        place.WriteByte((byte)kind);
        place.Write(length);
        place.Write(value);
    }
}
