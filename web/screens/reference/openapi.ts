/** The parts of an OpenAPI 3.1 document that the screen reads. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>;
  components?: {
    schemas?: Record<string, JsonSchema>;
    securitySchemes?: Record<string, SecurityScheme>;
  };
}

export interface OperationObject {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses?: Record<string, { description?: string; content?: Content }>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: JsonSchema;
}

export interface SecurityScheme {
  type: string;
  in?: string;
  scheme?: string;
  bearerFormat?: string;
}

type Content = Record<string, { schema?: JsonSchema; example?: unknown }>;

/** The parts of JSON Schema that zod writes. */
export interface JsonSchema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  /** Of the entries of a list that is always empty. */
  not?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export type SchemasByName = Readonly<Record<string, JsonSchema>>;

const referencePrefix = '#/components/schemas/';

/** The schema itself, in place of a reference to it. */
export function resolved(schema: JsonSchema, schemas: SchemasByName): JsonSchema {
  return schemas[referredName(schema) ?? ''] ?? schema;
}

/** The name of the component that a schema refers to, if it does. */
export function referredName({ $ref }: JsonSchema): string | undefined {
  return $ref?.startsWith(referencePrefix) ? $ref.slice(referencePrefix.length) : undefined;
}
