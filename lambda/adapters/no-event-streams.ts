/**
 * Stands in for `@smithy/core/event-streams` and `@aws-sdk/endpoint-cache` in the bundles of functions, 22 kB that every
 * client of a kind imports. No operation that functions call by the SDK has a stream of events, and none of DynamoDB asks for
 * endpoints unless that is turned on.
 */
class Unused {}

/** Leaves a client's configuration as it is. */
const sameConfiguration = <T>(configuration: T): T => configuration;

const unavailable = (): never => {
  throw new Error('functions read no events by the SDK');
};

export {
  sameConfiguration as resolveEventStreamSerdeConfig,
  Unused as EndpointCache,
  Unused as EventStreamCodec,
  Unused as EventStreamSerde,
  unavailable as eventStreamSerdeProvider,
  unavailable as iterableToReadableStream,
  unavailable as readableStreamToIterable,
};
