namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>
/// Tenants that differ in everything that docs/graph.md marks as unknown: statuses and bodies of refusals, spelling of numbers, what becomes
/// the default. A client that is right works with every seed; what is verified never varies.
/// </summary>
public static class SettingsVariation
{
    /// <summary>The settings with the unknown varied by <paramref name="seed"/>; the same seed gives the same tenant.</summary>
    public static SandboxSettings Vary(this SandboxSettings settings, int seed)
    {
        SettingsVariation.Dice dice = new Dice(seed);
        return settings with
        {
            NumbersReturned = dice.Pick(NumberSpelling.WithSpace, NumberSpelling.WithSpace, NumberSpelling.WithoutSpace, NumberSpelling.AsSent),
            NumberWithoutSpace = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            Punctuation = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            MobileExtension = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            TrunkZero = dice.Pick(TrunkZero.Keep, TrunkZero.Strip, TrunkZero.Refuse),
            OtherTypeInPatch = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            InvalidEmail = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            BetaPut = dice.Pick(true, false),
            FirstPhoneBecomesDefault = dice.Pick(FirstPhoneDefault.WhenNone, FirstPhoneDefault.Never, FirstPhoneDefault.Always),
            PatchMovesDefault = dice.Pick(true, false),
            PreferenceForMissingMethod = dice.Pick(Tolerance.Accept, Tolerance.Refuse),
            MethodsPageSize = dice.Pick<int?>(null, null, 2),
            TypeInTypedCollections = dice.Pick(true, false),
            CreatedDateTime = dice.Pick(true, false),
            Batch = settings.Batch with
            {
                Shuffle = dice.Pick(true, true, false),
                LowerCaseHeaders = dice.Pick(true, false),
                SameDependency = dice.Pick(Tolerance.Accept, Tolerance.Refuse)
            },
            Errors = Vary(settings.Errors, dice),
        };
    }

    private static ErrorAnswers Vary(ErrorAnswers errors, Dice dice) => errors with
    {
        BadNumber = Refused(errors.BadNumber, dice, 400, 422),
        OccupiedType = Refused(errors.OccupiedType, dice, 400, 409),
        AlternateWithoutMobile = Refused(errors.AlternateWithoutMobile, dice, 400, 404, 409),
        MobileUnderAlternate = Refused(errors.MobileUnderAlternate, dice, 400, 409) with { Message = errors.MobileUnderAlternate.Message },
        DefaultMethod = dice.Pick(errors.DefaultMethod,
            new(400, "badRequest", "Cannot delete default method with other methods configured. Please change default method before deletion.")),
        MissingUser = errors.MissingUser with
        {
            Code = dice.Pick("resourceNotFound", "Request_ResourceNotFound", "itemNotFound", "UnknownError"),
            Message = dice.Pick(errors.MissingUser.Message, "")
        },
        MissingMethod = errors.MissingMethod with
        {
            Code = dice.Pick("resourceNotFound", "itemNotFound", "notFound"),
            Message = dice.Pick(errors.MissingMethod.Message, "")
        },
        OtherType = Refused(errors.OtherType, dice, 400, 409, 422),
        SameNumber = Refused(errors.SameNumber, dice, 400, 409),
        InvalidEmail = Refused(errors.InvalidEmail, dice, 400, 422),
        SecondEmail = Refused(errors.SecondEmail, dice, 400, 409),
        SmsDisabledByPolicy = errors.SmsDisabledByPolicy with { Status = dice.Pick(400, 403) },
        MissingPreference = Refused(errors.MissingPreference, dice, 400, 404, 409),
        NoRoute = errors.NoRoute with { Status = dice.Pick(400, 404) },
        WrongVerb = dice.Pick(errors.WrongVerb, errors.NoRoute),
    };

    // Most often the generic code; the message may say much or nothing (docs/graph.md#error-envelope).
    private static ErrorAnswer Refused(ErrorAnswer known, Dice dice, params int[] statuses) =>
        new(dice.Pick(statuses), dice.Pick("badRequest", "badRequest", known.Code, "invalidRequest"),
            dice.Pick(known.Message, "The request could not be processed.", ""));

    private sealed class Dice(int seed)
    {
        private ulong _state = DerivedId.Mix((ulong)seed + 0x5EED);

        public T Pick<T>(params ReadOnlySpan<T> choices)
        {
            _state = DerivedId.Mix(_state);
            return choices[(int)(_state % (ulong)choices.Length)];
        }
    }
}
