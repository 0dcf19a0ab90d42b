using System.Text;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Faults;

internal static class FaultAnswers
{
    public static Answer Make(Call call, Site site, FaultAnswer wanted)
    {
        Answer answer = wanted switch
        {
            { Empty: true } => new Answer(wanted.Status, default),
            { Text: { } text } => new Answer(wanted.Status, Encoding.UTF8.GetBytes(text)).With("Content-Type", "text/html"),
            { Body: { } body } => new Answer(wanted.Status, JsonSerializer.SerializeToUtf8Bytes(body)),
            { Status: 204 } => Answer.NoContent(),
            _ => Refusal.Create(call, site, wanted.Status, wanted.Code ?? Code(wanted.Status), wanted.Message ?? ""),
        };
        foreach ((string? name, string? value) in wanted.Headers) answer.With(name, value);
        return answer;
    }

    private static string Code(int status) => status switch
    {
        401 => "InvalidAuthenticationToken",
        403 => "accessDenied",
        404 => "resourceNotFound",
        429 => "TooManyRequests",
        >= 500 => "UnknownError",
        _ => "badRequest",
    };
}
