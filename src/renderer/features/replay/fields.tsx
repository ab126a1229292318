/** The small inputs of the replay forms: a number with its unit, a choice. Faults stand under the field. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { unitBeside } from '../../parts/unitBeside.ts';
import type { Faults } from './draft.ts';

interface Slide {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Some hundred steps. */
export function slideAround(text: string, least: number, whole = false): Slide {
  const value = Number(text);
  const max = Math.max(Number.isFinite(value) ? value * 4 : 0, least + 4);
  const step = 10 ** Math.floor(Math.log10((max - least) / 100));
  return { min: least, max: Math.ceil(max / step) * step, step: whole ? Math.max(1, step) : step };
}

interface NumberFieldProps {
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  readonly help?: string | undefined;
  readonly value: string;
  readonly faults: Faults;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  /** A slider under the field for a value that is often tried out, from this least to four times what it was at first. */
  readonly slide?: { readonly least: number; readonly whole?: boolean };
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
  slide,
  change,
}: NumberFieldProps) {
  const beside = unitBeside(label, unit ?? '');
  const name = beside === '' ? label : `${label} (${beside})`;
  const field = (
    <TextInput
      label={name}
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
  const [span] = useState<Slide | null>(() =>
    slide === undefined ? null : slideAround(value, slide.least, slide.whole),
  );
  if (span === null || disabled) return field;
  const at = Number(value);
  return (
    <div>
      {field}
      <input
        type="range"
        className="slider"
        aria-label={name}
        {...span}
        value={Number.isFinite(at) ? at : span.min}
        data-testid={`slide-${path}`}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
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
