using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>Searches: what the directory can answer goes there, the rest is judged while paging.</summary>
internal sealed class Searching(IcfPorts ports, IcfSettings settings, ReadingUsers reading, ObjectMaking making)
{
    private const int LargestPage = 999;

    public async Task<SearchResult> RunAsync(Filter? filter, Func<ConnectorObject, bool> handler, OperationOptions options, CancellationToken cancellation)
    {
        Check(options);
        ImmutableArray<UserAttribute> shown = AttributesToGet.Attributes(options);
        ImmutableArray<UserAttribute> judged = filter is null ? [] : Judged(filter);
        Search search = new(filter, shown, [.. shown.Union(judged)], judged.Any(a => a.NeedsMethods), handler, options) { ToSkip = options.PagedResultsOffset };
        FilterSplit split = FilterSplit.From(filter);
        if (split.IsEmpty) return new SearchResult(null);
        if (split.SingleUser is { } one)
        {
            if (await reading.FindAsync(one, cancellation) is { } user) await TakeAsync(search, [user], 0, new UserIdSet(), cancellation);
            return new SearchResult(null);
        }

        return await PagesAsync(search, split, cancellation);
    }

    private async Task<SearchResult> PagesAsync(Search search, FilterSplit split, CancellationToken cancellation)
    {
        UserQuery query = new(split.Conditions, Order(search.Options), Math.Clamp(search.Options.PageSize ?? LargestPage, 1, LargestPage));
        string name = Cookie.QueryOf(string.Join('\n', [search.Filter?.ToString() ?? "", query.Order?.ToString() ?? "", string.Join('&', split.Conditions)]));
        Cookie start = Start(search.Options, name);
        (string? at, int index) = (start.Page, start.Index);
        UserIdSet seen = new();
        while (true)
        {
            UserPageAnswer answer = await ports.Search.PageAsync(query, at, cancellation);
            if (answer is UserPageAnswer.Failed failed) throw ErrorMapping.Map(failed.Error);
            if (answer is not UserPageAnswer.Page page) throw new InvalidOperationException("An answer is of an unknown kind.");
            // Those before the place were handed out by an earlier request.
            foreach (DirectoryUser user in page.Users.AsSpan()[..Math.Min(index, page.Users.Length)]) seen.Add(user.Uid);
            int done = await TakeAsync(search, page.Users, index, seen, cancellation);
            bool isOver = done == page.Users.Length && page.Continuation is null;
            if (search.IsFull || search.Stopped || isOver)
            {
                if (isOver) return new SearchResult(null);
                Cookie next = done == page.Users.Length ? new Cookie(name, page.Continuation, 0) : new Cookie(name, at, done);
                return new SearchResult(next.Write(settings.CookieKey.Span));
            }

            (at, index) = (page.Continuation, 0);
        }
    }

    /// <summary>Hands out matching users of a page from a place on; how many of the page are done.</summary>
    private async Task<int> TakeAsync(Search search, ImmutableArray<DirectoryUser> users, int from, UserIdSet seen, CancellationToken cancellation)
    {
        int done = from;
        while (done < users.Length && !search.IsFull && !search.Stopped)
        {
            // Not more than can still be handed out, so that no one's methods are read for nothing.
            int step = Math.Min(users.Length - done, Math.Min(search.Room, ReadingUsers.Group));
            // A directory that changes while it is paged lists some users twice.
            ImmutableArray<DirectoryUser> group = users.Slice(done, step).RemoveAll(user => !seen.Add(user.Uid));
            done += step;
            if (!search.JudgesMethods) group = [.. group.Where(u => Holds(search, new UserReading(u, null, [])))];
            if (!search.JudgesMethods && search.ToSkip > 0)
            {
                int skipped = Math.Min(search.ToSkip, group.Length);
                search.ToSkip -= skipped;
                group = group[skipped..];
            }

            foreach (UserReading user in await reading.ReadAsync(group, search.Needed, cancellation))
            {
                if (search.JudgesMethods && !Holds(search, user)) continue;
                if (search.ToSkip > 0)
                {
                    search.ToSkip--;
                    continue;
                }

                search.Given++;
                if (!search.Handler(making.Make(user, search.Shown, search.Options.Full))) search.Stopped = true;
                if (search.Stopped) break;
            }
        }

        return done;
    }

    private bool Holds(Search search, UserReading user) =>
        search.Filter is null || search.Filter.Holds(name => UserAttributes.Find(name) is { } attribute
        ? making.Values(user, attribute, search.Options.Full) : []);

    /// <summary>Attributes that a filter looks at. A comparison with an unknown one is an error, its presence is no (docs/openidm.md#queries).</summary>
    private static ImmutableArray<UserAttribute> Judged(Filter filter) => filter switch
    {
        Filter.And and => [.. Judged(and.Left), .. Judged(and.Right)],
        Filter.Or or => [.. Judged(or.Left), .. Judged(or.Right)],
        Filter.Not not => Judged(not.Inner),
        Filter.Present present => UserAttributes.Find(present.Attribute) is { } attribute ? [attribute] : [],
        _ => [.. filter.Attributes().Select(UserAttributes.Get)],
    };

    private static void Check(OperationOptions options)
    {
        if (options.PageSize is < 1) throw new InvalidAttributeValueException("A page has at least one object.");
        if (options.PagedResultsOffset < 0) throw new InvalidAttributeValueException("An offset is not negative.");
        if (options is
            {
                PagedResultsCookie: { Length: > 0 },
                PagedResultsOffset: > 0
            }) throw new InvalidAttributeValueException("A cookie and an offset exclude each other.");
    }

    private static UserOrder? Order(OperationOptions options)
    {
        if (options.SortKeys.IsEmpty) return null;
        SortKey key = options.SortKeys[0];
        UserProperty? property = UserAttributes.Get(key.Field).Property;
        if (options.SortKeys.Length > 1
            || property?.CanOrder() != true) throw new InvalidAttributeValueException($"The directory orders by one of userPrincipalName and displayName, not "
                + $"by {string.Join(", ", options.SortKeys.Select(k => k.Field))}.");
        return new UserOrder(property.Value, !key.Ascending);
    }

    private Cookie Start(OperationOptions options, string query) => string.IsNullOrEmpty(options.PagedResultsCookie)
        ? new Cookie(query, null, 0)
        : Cookie.TryRead(options.PagedResultsCookie, query, settings.CookieKey.Span)
        ?? throw new InvalidAttributeValueException("The cookie is not from this search. Start again without it.");

    /// <summary>One search on its way.</summary>
    private sealed record Search(
        Filter? Filter, ImmutableArray<UserAttribute> Shown, ImmutableArray<UserAttribute> Needed,
        bool JudgesMethods, Func<ConnectorObject, bool> Handler, OperationOptions Options)
    {
        public int ToSkip { get; set; }

        public int Given { get; set; }

        public bool Stopped { get; set; }

        public int Room => Options.PageSize is { } size ? Math.Max(1, size - Given) : int.MaxValue;

        public bool IsFull => Options.PageSize is { } size && Given >= size;
    }
}
