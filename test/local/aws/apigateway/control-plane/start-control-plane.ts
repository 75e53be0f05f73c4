import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { serveAws } from '../../service-server.ts';
import { type StartedGateway, startGateway } from '../data-plane/start-gateway.ts';

/** A gateway with a `prod` stage and the genuine SDK client of its control plane. */
export async function startControlPlane(
  options: Parameters<typeof startGateway>[0] = {},
): Promise<StartedGateway & { client: APIGatewayClient; endpoint: string }> {
  const started = await startGateway({ controlPlaneLimits: false, ...options });
  const aws = await serveAws(started.gateway.controlPlane);
  const client = new APIGatewayClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  started.method('POST', '/v1/chat', { ApiKeyRequired: true });
  return {
    ...started,
    client,
    endpoint: aws.url,
    close: async () => {
      client.destroy();
      await aws.close();
      await started.close();
    },
  };
}
