using Azure.Core;
using Azure.Core.Pipeline;

namespace ProvisioningConnector.Graph.Http;

/// <summary>Builds the Azure.Core pipeline: telemetry header and transport. Its retries and time-outs are off: both are decided by us, on our clock.</summary>
internal static class GraphPipelines
{
    public static HttpPipeline Over(HttpPipelineTransport transport)
    {
        Options options = new() { Transport = transport, RetryPolicy = new OnePass() };
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.ApplicationId = "provision";
        // Paths name users and bodies hold numbers: nothing of Azure.Core's own may show them.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return HttpPipelineBuilder.Build(options);
    }

    private sealed class Options : ClientOptions;

    private sealed class OnePass : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNextAsync(message, pipeline);
    }
}
