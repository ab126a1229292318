/** The small inputs of the replay forms: a number with its unit, a choice. Faults stand under the field. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { Faults } from './draft.ts';

interface NumberFieldProps {
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  readonly help?: string | undefined;
  readonly value: string;
  readonly faults: Faults;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly change: (value: string) => void;
}

export function NumberField({
  path,
  label,
  unit,
  help,
  value,
  faults,
  disabled,
  placeholder,
  change,
}: NumberFieldProps) {
  return (
    <TextInput
      label={unit === undefined ? label : `${label} (${unit})`}
      description={help}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={faults.get(path)}
      value={value}
      placeholder={placeholder}
      inputMode="decimal"
      disabled={disabled ?? false}
      data-testid={`field-${path}`}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

interface ChoiceFieldProps<T extends string> {
  readonly path: string;
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string }[];
  readonly disabled?: boolean;
  readonly change: (value: T) => void;
}

export function ChoiceField<T extends string>({ path, label, value, choices, disabled, change }: ChoiceFieldProps<T>) {
  return (
    <NativeSelect
      label={label}
      value={value}
      data={[...choices]}
      disabled={disabled ?? false}
      data-testid={`field-${path}`}
      onChange={(event) => change(event.currentTarget.value as T)}
    />
  );
}
