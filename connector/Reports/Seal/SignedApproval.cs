using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>
/// An approval as a file of its own: a JSON Web Signature in its compact form (RFC 7515), ES256, made with a key that only the approver holds. It is
/// bound to what the approver saw by a digest of the plan's content, so that it needs no store (docs/safety.md#approvals).
/// </summary>
public static class SignedApproval
{
    /// <summary>The longest file that is read.</summary>
    public const int MaxLength = 64 * 1024;

    private const string Type = "provision-approval+jwt";
    private const string Algorithm = "ES256";
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    /// <summary>Where a person's approval of a plan lies.</summary>
    public static string PathOf(string plan, string person) => $"{plan}.approved-by-{person}.jws";

    /// <param name="approval">By <see cref="Approver.SignedBy"/>.</param>
    /// <param name="person">Who signs, as configured.</param>
    /// <param name="content">Digest of the plan's content.</param>
    /// <param name="key">The private key of the person: P-256.</param>
    public static string Sign(Approval approval, string person, string content, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(approval);
        ArgumentNullException.ThrowIfNull(key);
        Claims claims = new()
        {
            Jti = approval.ApprovalId, Iss = person, Sub = approval.PlanId, Iat = approval.At.ToUnixTimeSeconds(), Exp = approval.ExpiresAt.ToUnixTimeSeconds(),
            Tid = approval.TenantId, PlanSeal = approval.PlanSeal, PlanDigest = content, Reason = approval.Reason, Allow = approval.Allowances,
        };
        string signed = $"{Part(new Header { Alg = Algorithm, Typ = Type, Kid = person })}.{Part(claims)}";
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, Format);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The approval in a text; null, and why, where it does not count.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="by">Whose it is to be, with the public key.</param>
    /// <param name="content">Digest of the plan's content.</param>
    /// <param name="problem">Why not.</param>
    public static Approval? Read(string text, Approver by, string content, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(by);
        text = text.Trim();
        if (text.Split('.') is not [var header, var payload, var signature] || !Base64Url.IsValid(signature)
            || Part<Header>(header) is not { Alg: Algorithm, Typ: Type } head || head.Kid != by.Name)
        {
            problem = $"it is not a JWS of type {Type}, signed with {Algorithm} by '{by.Name}'.";
            return null;
        }

        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(by.PublicKey.AsSpan(), out _);
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, Format))
        {
            problem = $"its signature is not by the key that the configuration names for '{by.Name}', or it was edited.";
            return null;
        }

        if (Part<Claims>(payload) is not { } claims || claims.Iss != by.Name)
        {
            problem = "what it says is not complete.";
            return null;
        }

        problem = claims.PlanDigest == content ? null : "it belongs to another plan.";
        return problem is not null ? null : new Approval
        {
            ApprovalId = claims.Jti, PlanId = claims.Sub, PlanSeal = claims.PlanSeal, TenantId = claims.Tid, Approver = by.SignedBy,
            At = DateTimeOffset.FromUnixTimeSeconds(claims.Iat), ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.Exp), Reason = claims.Reason,
            Allowances = claims.Allow, Seal = Approval.SignaturePrefix + text,
        };
    }

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    private static T? Part<T>(string text)
        where T : class
    {
        if (!Base64Url.IsValid(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(text), Options);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, AllowDuplicateProperties = false, RespectNullableAnnotations = true,
    };

    internal sealed record Header
    {
        public required string Alg { get; init; }

        public required string Typ { get; init; }

        public required string Kid { get; init; }
    }

    /// <summary>Registered names of RFC 7519 where there are some.</summary>
    internal sealed record Claims
    {
        public required string Jti { get; init; }

        public required string Iss { get; init; }

        public required string Sub { get; init; }

        public required long Iat { get; init; }

        public required long Exp { get; init; }

        public required string Tid { get; init; }

        public required string PlanSeal { get; init; }

        public required string PlanDigest { get; init; }

        public required string Reason { get; init; }

        public required ImmutableSortedDictionary<string, long> Allow { get; init; }
    }
}
