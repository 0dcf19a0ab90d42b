using System.Text;
using ProvisioningConnector.Crest.Access;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Crest.Patches;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Crest.Tests.Filters;

namespace ProvisioningConnector.Crest.Tests.Fuzz;

/// <summary>
/// 100,000 random and mutated inputs through every reader: each gives a value or a 4xx or 501
/// with a message; nothing throws, and no message repeats the marker that
/// stands for a phone number or a secret.
/// </summary>
public sealed class FuzzTests
{
    private const string Marker = "12065550150";

    [TestCase(1, 20_000)]
    [TestCase(2, 20_000)]
    public void Any_filter_is_parsed_or_refused(int seed, int count) => Each(seed, count, Mutations.Filters, text =>
    {
        if (!QueryFilter.Parse(text).Succeeded(out QueryFilter? filter, out CrestError? error)) return [error];
        Assert.That(Given.Value(QueryFilter.Parse(filter.Print())), Is.EqualTo(filter), text);
        return [];
    });

    [TestCase(3, 20_000)]
    public void Any_query_string_is_read_or_refused(int seed, int count) => Each(seed, count, Mutations.Queries, text =>
    {
        if (!ParameterReader.Read(Given.Pairs(text)).Succeeded(out CrestQuery? query, out CrestError? error)) return [error];
        return [ParameterRules.Check(new CrestRequest.Update(RevisionCondition.Unconditional), query, []),
            ParameterRules.Check(new CrestRequest.Query(), query, [])];
    });

    [TestCase(4, 20_000)]
    public void Any_body_is_read_or_refused(int seed, int count) => Each(seed, count, Mutations.Bodies, text =>
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        PatchTarget[] targets = [new("phones", true), new("mail", false)];
        return [JsonBody.SingleObject(bytes, BodyLimits.Default).Error,
            PatchBody.Read(bytes, BodyLimits.Default).Then(operations => PatchChanges.From(operations, targets)).Error];
    });

    [TestCase(5, 20_000)]
    public void Any_header_is_read_or_refused(int seed, int count) => Each(seed, count, Mutations.Headers, text =>
    {
        RequestHead put = new("PUT", "system/azuread/user", false);
        return
        [
            TransactionId.Parse(text) is { } id && id.Any(char.IsWhiteSpace) ? throw new AssertionException(id) : null,
            new CredentialHeaders(null, null, text).Read().Error,
            new CredentialHeaders(text, text, null).Read().Error,
            ApiVersions.Parse(text).Error,
            ContentTypes.Check(text, true),
            DryRuns.Read(null, text).Error,
            Dispatch.Parse(put with { IfMatch = text }, CrestQuery.Empty, PutReading.Documented).Error,
            Dispatch.Parse(put with { IfNoneMatch = text }, CrestQuery.Empty, PutReading.Documented).Error,
            Dispatch.Parse(put with { Method = "GET", IfNoneMatch = text }, CrestQuery.Empty, PutReading.Documented).Error,
            Dispatch.Parse(put with { Method = text }, CrestQuery.Empty, PutReading.Documented).Error,
            Dispatch.Parse(put with { Method = "POST", MethodOverride = text }, CrestQuery.Empty, PutReading.Documented).Error,
        ];
    });

    private static void Each(int seed, int count, string[] seeds, Func<string, CrestError?[]> read)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            string text = Mutations.Pick(random, seeds);
            foreach (CrestError? error in read(text))
            {
                if (error is null) continue;
                Assert.That(error.Code is >= 400 and < 500 or 501, text);
                Assert.That(error.Message, Is.Not.Empty, text);
                if ((error.Message + error.Detail + error.Cause).Contains(Marker, StringComparison.Ordinal)) Assert.Fail($"{error.Message} after {text}");
            }
        }
    }
}
