using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>A readiness report in which every section stands.</summary>
internal static class SampleReadiness
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 22, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly End = new(2026, 9, 30);

    private static readonly ImmutableSortedDictionary<string, long> None = ImmutableSortedDictionary<string, long>.Empty;

    public static ReadinessReport Report { get; } = new([Tenant()], new DateOnly(2026, 12, 31), (_, _) => People().ToAsyncEnumerable());

    private static TenantReadiness Tenant() => new()
    {
        Tenant = new TenantIdentity("contoso", "11111111-2222-3333-4444-555555555555", "Global", IsSandbox: true),
        RunId = "readiness-1", CreatedAt = At, AsOf = "report", Total = 120, Affected = 40,
        Dates = new(End, End.AddMonths(2), End, 213, 150, 0.3, "the message centre", new DateOnly(2026, 2, 1)),
        Bands =
        [
            new("B0", "only phones", 10), new("B1", "a phone and one more", 30), new("B5", "passkey", 70), new("X", "disabled", 5), new("?", "not known", 5),
        ],
        Headline = new(10, 3, 2, [new(End, 10, 3, None.Add("passkeyNotAllowed", 3)), new(End.AddMonths(2), 2, 0, None)], 4, 1),
        Departments = [new("Sales", 50, 20, None), new("", 70, 20, None)], Languages = [new("en", 100, 30, None)], Managers = [new("Kim", 12, 3, None)],
        Unknown = [new("Default", "The report does not say.", "Read them live.", "noDefault")],
        Findings = [new("smsMethodOn", true, "SMS is on for all users.", "Switch it off by policy."), new("campaignOff", false, "No campaign runs.", "")],
        Report = new(true, 2, 1, 3, 4, [new("fido2", 12, 10)]), Change = new("readiness-0", At.AddDays(-7), true, 3, None.Add("B0", 3)),
        History = [new("readiness-0", At.AddDays(-7), 37, 9, 2, 118), new("readiness-1", At, 40, 10, 2, 120)],
    };

    private static IEnumerable<PersonEntry> People() => Enumerable.Range(0, 60).Select(static i => new PersonEntry
    {
        User = $"person{i}@contoso.com", Uid = $"{i}", DisplayName = "Amara Okafor", FirstName = "Amara", Mail = null, Department = "Sales", Manager = null,
        Language = "en", Enabled = "yes", Kind = "member", KindConfidence = "high", Privileged = "no", RetiresOn = "2026-09-30", Scope = ["sms"],
        Methods = ["mobilePhone"], Counted = 0, Portable = 0, Default = "sms", SystemPreferred = "yes", SmsSignIn = "no", SsprAfter = "no",
        OnPremisesMfa = "no", PasskeyAllowed = "yes", ProviderCovers = ["no"], Band = "B0", Why = null, Flags = ["admin"], Prompt = "getsThrough",
        NextStep = "registerPasskey", WhatToDo = "Register a passkey.", SourcePhone = "same", Evidence = "report", EvidenceAt = At,
    });
}
