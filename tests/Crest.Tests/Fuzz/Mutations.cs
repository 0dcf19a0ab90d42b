using System.Text;

namespace ProvisioningConnector.Crest.Tests.Fuzz;

/// <summary>Texts that are nearly right.</summary>
internal static class Mutations
{
    public static readonly string[] Filters =
    [
        "mail eq \"12065550150\" and !(phones co '5')", "(a pr or b in '[\"x\",1,true]') and c ca 'y'",
        "/a~1b/c lt -1.5e3 or true", "! (userName sw \"a\\\"b\")",
        "12065550150 eq +12065550150", "((((a pr))))", "x gt 9223372036854775807", "é ew '\\\\'",
    ];

    public static readonly string[] Queries =
    [
        "_queryFilter=true&_pageSize=10&_fields=_id,/a", "_queryId=query-all-ids&_sortKeys=-a,+b",
        "_dryRun=true&_prettyPrint=true", "_mimeType=text/plain&_fields=a",
        "_pagedResultsCookie=12065550150&_pagedResultsOffset=0", "_action=recon&mapping=12065550150",
        "_totalPagedResultsPolicy=EXACT&_12065550150=x", "_fields=*,12065550150",
    ];

    public static readonly string[] Bodies =
    [
        "[{\"operation\":\"add\",\"field\":\"/phones/-\",\"value\":\"+12065550150:mobile\"}]", "[{\"operation\":\"remove\",\"field\":\"phones\"}]",
        "{\"phones\":[\"+12065550150\"],\"mail\":null}", "[{\"operation\":\"move\",\"field\":\"mail\",\"from\":\"12065550150\"}]",
        "[{\"operation\":\"replace\",\"field\":\"mail\",\"value\":[\"a\\u00e9\\ud83d\\ude00\"]}]", "{\"12065550150\":{\"a\":[[[1.5e10,true,null]]]}}",
    ];

    public static readonly string[] Headers =
    [
        "Basic YWRhOjEyMDY1NTUwMTUw", "Bearer 12065550150.a.b", "utf-8''%C3%A9%2012065550150", "protocol=2.1,resource=1.0", "application/json; charset=utf-8",
        "\"12065550150\", W/\"b\"", "true", "DELETE", "iso-8859-1'en'%E9", "12065550150",
    ];

    private const string Signs = "(){}[]\"'\\/~!%&=,;:+-*.0159aeruE \t\n\0\u00e9\ud800\udc00\u2028<>";

    /// <summary>One of the seeds with up to six slips, or once in ten times nothing but noise.</summary>
    public static string Pick(Random random, string[] seeds)
    {
        if (random.Next(10) == 0) return new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Sign(random))]);
        StringBuilder text = new(seeds[random.Next(seeds.Length)]);
        for (int slips = random.Next(7); slips > 0; slips--)
        {
            int at = random.Next(text.Length + 1);
            switch (random.Next(5))
            {
                case 0:
                    text.Insert(at, Sign(random));
                    break;
                case 1:
                    if (at < text.Length) text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                    break;
                case 2:
                    if (at < text.Length) text[at] = Sign(random);
                    break;
                case 3:
                    text.Insert(at, seeds[random.Next(seeds.Length)]);
                    break;
                default:
                    text.Length = at;
                    break;
            }
        }

        return text.ToString();
    }

    private static char Sign(Random random) => Signs[random.Next(Signs.Length)];
}
