// Asks about what an operation did not take at once: why, what becomes of it, and a box that says it is meant.
import { Alert, Checkbox, Stack, Text } from "@mantine/core";
import type { OperationError } from "../bridge";

interface AllTheSameProps {
  refused: OperationError;
  /** The field of the input that was asked about. */
  field: string;
  /** What ticking the box says. */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function AllTheSame({ refused, field, label, checked, onChange }: AllTheSameProps) {
  const { help } = refused;
  return (
    <Alert color="attention" role="alert" p="xs">
      <Stack gap={6}>
        <Text size="sm">{refused.fields[field]}</Text>
        {help !== undefined && <Text size="sm">{help}</Text>}
        <Checkbox
          size="xs"
          label={label}
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </Stack>
    </Alert>
  );
}
