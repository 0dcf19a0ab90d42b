namespace ProvisioningConnector.Crest.Filters;

/// <summary>How a filter compares a field with one value; <c>ew</c> is an addition of the ICF adapter (docs/openidm.md#queries).</summary>
public enum ComparisonOperator
{
    /// <summary><c>eq</c></summary>
    Equal,

    /// <summary><c>co</c></summary>
    Contains,

    /// <summary><c>sw</c></summary>
    StartsWith,

    /// <summary><c>ew</c></summary>
    EndsWith,

    /// <summary><c>lt</c></summary>
    LessThan,

    /// <summary><c>le</c></summary>
    LessOrEqual,

    /// <summary><c>gt</c></summary>
    GreaterThan,

    /// <summary><c>ge</c></summary>
    GreaterOrEqual,
}
