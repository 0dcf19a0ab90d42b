namespace ProvisioningConnector.Crest.Filters;

/// <summary>A value that a filter compares with.</summary>
public abstract record FilterValue
{
    private FilterValue()
    {
    }

    /// <summary>A quoted text, its escapes resolved. Not printed by <see cref="object.ToString"/>: it may be a phone number.</summary>
    public sealed record Text(string Content) : FilterValue
    {
        /// <inheritdoc />
        public override string ToString() => "Text";
    }

    /// <summary>A whole number.</summary>
    public sealed record Whole(long Number) : FilterValue
    {
        /// <inheritdoc />
        public override string ToString() => "Whole";
    }

    /// <summary>A number with a fraction or an exponent; finite.</summary>
    public sealed record Fraction(double Number) : FilterValue
    {
        /// <inheritdoc />
        public override string ToString() => "Fraction";
    }

    /// <summary>True or false.</summary>
    public sealed record Truth(bool Holds) : FilterValue;
}
