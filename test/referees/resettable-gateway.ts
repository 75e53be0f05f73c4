import { startGateway } from '../local/aws/apigateway/data-plane/start-gateway.ts';
import { serveAws } from '../local/aws/service-server.ts';

/** Our control plane of API Gateway alone, which moto's tests empty before each: by `POST /moto-api/reset`, as they would moto. */
export async function startResettableGateway(): Promise<{ url: string; stop(): Promise<void> }> {
  let current = await startGateway({ controlPlaneLimits: false });
  const { url, close } = await serveAws({
    signingName: 'apigateway',
    operationName: () => undefined,
    async handle(request) {
      if (request.path !== '/moto-api/reset') return current.gateway.controlPlane.handle(request);
      await current.close();
      current = await startGateway({ controlPlaneLimits: false });
      return { status: 200, body: '{}' };
    },
  });
  return {
    url,
    async stop() {
      await close();
      await current.close();
    },
  };
}
