using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>A person in the document <c>readiness</c>. No number is in it. Where something is not known it says <c>unknown</c>.</summary>
public sealed record PersonEntry
{
    /// <summary>User principal name.</summary>
    public required string User { get; init; }

    /// <summary>Object id.</summary>
    public required string Uid { get; init; }

    public required string? DisplayName { get; init; }

    public required string? FirstName { get; init; }

    public required string? Mail { get; init; }

    public required string? Department { get; init; }

    public required string? Manager { get; init; }

    public required string? Language { get; init; }

    /// <summary><c>yes</c>, <c>no</c> or <c>unknown</c>, as below.</summary>
    public required string Enabled { get; init; }

    /// <summary><c>member</c>, <c>internalGuest</c>, <c>externalGuest</c> or <c>externalMember</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>high</c> or <c>low</c>.</summary>
    public required string KindConfidence { get; init; }

    /// <summary><c>GA</c>, <c>other</c>, <c>eligible</c>, <c>no</c> or <c>unknown</c>.</summary>
    public required string Privileged { get; init; }

    /// <summary>A date, <c>later</c> or <c>none</c>.</summary>
    public required string RetiresOn { get; init; }

    /// <summary>Policies by which phones may be used: <c>sms</c>, <c>voice</c>, <c>legacy</c>; or <c>none</c>, or <c>unknown</c>.</summary>
    public required ImmutableArray<string> Scope { get; init; }

    /// <summary>As the registration report spells them; null: not known.</summary>
    public required ImmutableArray<string>? Methods { get; init; }

    /// <summary>Number of methods that count as MFA, phones apart.</summary>
    public required int Counted { get; init; }

    /// <summary>Of them, those that serve on another device too.</summary>
    public required int Portable { get; init; }

    /// <summary>The default method, <c>none</c> or <c>unknown</c>.</summary>
    public required string Default { get; init; }

    public required string SystemPreferred { get; init; }

    public required string SmsSignIn { get; init; }

    /// <summary>Whether password reset works without Microsoft's SMS and voice.</summary>
    public required string SsprAfter { get; init; }

    public required string OnPremisesMfa { get; init; }

    public required string PasskeyAllowed { get; init; }

    /// <summary>Channels of the tenant's own provider that hold the person: <c>sms</c>, <c>voice</c>; or <c>no</c>, or <c>unknown</c>.</summary>
    public required ImmutableArray<string> ProviderCovers { get; init; }

    /// <summary><c>?</c>, <c>X</c>, <c>B0</c>, <c>B0v</c>, <c>B1</c> to <c>B5</c>, <c>N</c>.</summary>
    public required string Band { get; init; }

    /// <summary>Why the band is <c>?</c>; null otherwise.</summary>
    public required string? Why { get; init; }

    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>What meets the person at the date: <c>notPrompted</c>, <c>getsThrough</c>, <c>unknown</c>, or why they cannot get through.</summary>
    public required string Prompt { get; init; }

    public required string NextStep { get; init; }

    /// <summary>The next step in words; empty where nothing is to be done.</summary>
    public required string WhatToDo { get; init; }

    /// <summary><c>same</c>, <c>differs</c> or <c>none</c> (the list has no number of the person); <c>unknown</c>; null: no list was given.</summary>
    public required string? SourcePhone { get; init; }

    /// <summary><c>report</c>, <c>live</c> or <c>none</c>.</summary>
    public required string Evidence { get; init; }

    public required DateTimeOffset? EvidenceAt { get; init; }

    public static PersonEntry From(PersonReadiness person)
    {
        ArgumentNullException.ThrowIfNull(person);
        PersonFacts facts = person.Facts;
        return new PersonEntry
        {
            User = facts.User, Uid = facts.Uid, DisplayName = facts.DisplayName, FirstName = facts.GivenName, Mail = facts.Mail,
            Department = facts.Department, Manager = facts.Manager, Language = facts.Language, Enabled = Word(facts.Enabled), Kind = facts.Kind.Name(),
            KindConfidence = facts.KindIsCertain ? "high" : "low", Privileged = facts.Privilege.Name(), RetiresOn = person.Retires.Name(),
            Scope = facts.Scope is { } scope ? OrNone(scope.Names(), "none") : ["unknown"],
            Methods = facts.Methods is { } methods ? [.. methods.Names()] : null, Counted = person.Counted.Count(), Portable = person.Portable.Count(),
            Default = DefaultOf(facts.Default), SystemPreferred = Word(facts.SystemPreferred), SmsSignIn = Word(facts.SmsSignIn),
            SsprAfter = Word(person.Reset), OnPremisesMfa = Word(facts.OnPremisesMfa), PasskeyAllowed = Word(facts.PasskeyAllowed),
            ProviderCovers = facts.Provider is { } provider ? OrNone(provider.Names(), "no") : ["unknown"], Band = person.Band.Name(),
            Why = person.Band == Engine.Readiness.Band.Unknown ? facts.WhyUnknown : null, Flags = [.. person.Flags.Names()], Prompt = person.Prompt.Name(),
            NextStep = person.Next.Name(), WhatToDo = person.Next.Describe(), SourcePhone = facts.SourcePhone.Name(),
            Evidence = facts.Evidence.Name(), EvidenceAt = facts.EvidenceAt,
        };
    }

    private static string Word(bool? known) => known switch
    {
        true => "yes",
        false => "no",
        null => "unknown",
    };

    private static ImmutableArray<string> OrNone(IEnumerable<string> names, string none) => names.ToImmutableArray() is { IsEmpty: false } some ? some : [none];

    private static string DefaultOf(DefaultMethod method) => method.Knowledge switch
    {
        DefaultMethodKnowledge.NotRead or DefaultMethodKnowledge.Unreadable => "unknown",
        DefaultMethodKnowledge.None => "none",
        DefaultMethodKnowledge.Known => method.Method.Name(),
    };
}
