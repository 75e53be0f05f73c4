import type { ApiGateway } from '../../aws/apigateway/api-gateway.ts';
import type { ResourceProvider } from '../resource-provider.ts';

/** Every type of the stand-in is defined in the same way: an id and the properties. */
export function apiGatewayProviders(gateway: ApiGateway): ResourceProvider[] {
  const defines = {
    RestApi: gateway.defineRestApi,
    Resource: gateway.defineResource,
    Method: gateway.defineMethod,
    Model: gateway.defineModel,
    RequestValidator: gateway.defineRequestValidator,
    Authorizer: gateway.defineAuthorizer,
    GatewayResponse: gateway.defineGatewayResponse,
    Deployment: gateway.defineDeployment,
    Stage: gateway.defineStage,
    UsagePlan: gateway.defineUsagePlan,
  };
  return Object.entries(defines).map(([name, define]) => ({
    type: `AWS::ApiGateway::${name}`,
    create: (logicalId, properties) => define(logicalId, properties),
  }));
}
