import { t } from '../../../language/t.ts';
import { Select } from '../../../parts/forms/select.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import type { Parameter } from '../openapi.ts';
import type { Operation } from '../operations.ts';
import { type CallFaults, fieldName } from './prepare-call.ts';
import type { EditableFields } from './use-call-fields.ts';

interface CallInputsProps {
  operation: Operation;
  fields: EditableFields;
  faults: CallFaults;
}

/** A field for each parameter, and one for the body. */
export function CallInputs({ operation: { parameters, body }, fields, faults }: CallInputsProps) {
  return (
    <>
      {parameters.map((parameter) => {
        const name = fieldName(parameter);
        return (
          <ParameterInput
            key={name}
            parameter={parameter}
            value={fields.values[name] ?? ''}
            onChange={(value) => fields.setValue(name, value)}
            error={faults[name]}
          />
        );
      })}
      {body !== undefined && (
        <TextArea
          label={t('Body (JSON)')}
          mono
          rows={6}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          value={fields.body}
          onChange={(event) => fields.setBody(event.currentTarget.value)}
          error={faults.body}
          optional={!body.required}
        />
      )}
    </>
  );
}

interface ParameterInputProps {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

function ParameterInput({ parameter, value, onChange, error }: ParameterInputProps) {
  const { name, required = false, schema = {} } = parameter;
  if (schema.enum !== undefined) {
    const options = schema.enum.map((one) => ({ value: String(one), label: String(one) }));
    return (
      <Select
        label={name}
        options={required ? options : [{ value: '', label: t('Not sent') }, ...options]}
        value={value}
        onChange={onChange}
        error={error}
      />
    );
  }
  return (
    <TextField
      label={name}
      mono
      optional={!required}
      error={error}
      value={value}
      readOnly={schema.const !== undefined}
      placeholder={schema.default === undefined ? undefined : String(schema.default)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
