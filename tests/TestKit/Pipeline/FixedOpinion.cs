using System.Collections.Concurrent;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>A second opinion as a test gives it; every other number is a mobile that is in use.</summary>
public sealed class FixedOpinion : INumberOpinion
{
    private readonly ConcurrentDictionary<PhoneNumber, NumberOpinion> _reported = new();
    private readonly ConcurrentQueue<PhoneNumber> _asked = new();

    /// <summary>The numbers asked about, in order.</summary>
    public IReadOnlyCollection<PhoneNumber> Asked => _asked;

    /// <summary>What is said of a number.</summary>
    public NumberOpinion this[PhoneNumber number]
    {
        set => _reported[number] = value;
    }

    public NumberOpinion Judge(PhoneNumber number)
    {
        _asked.Enqueue(number);
        return _reported.GetValueOrDefault(number, new NumberOpinion(NumberLine.Mobile, IsPossible: true, IsAssigned: true));
    }
}
