// The field in which it is chosen what becomes of a homeroom or of students.
import { Select } from "@mantine/core";
import { type Choices, type Decision, decisionOf } from "./outcomes";

interface OutcomeSelectProps {
  label: string;
  choices: readonly Choices[];
  /** Null where nothing is planned, and in a field that only acts. */
  value: string | null;
  placeholder: string;
  disabled?: boolean;
  onDecide: (decision: Decision) => void;
}

export function OutcomeSelect({ label, choices, value, placeholder, disabled, onDecide }: OutcomeSelectProps) {
  const shown = choices.flatMap(({ items }) => items).find((choice) => choice.value === value)?.label;
  return (
    // The row beneath opens by a click, and moves by keys.
    <div onClick={(event) => event.stopPropagation()}>
      <Select
        size="xs"
        searchable
        openOnFocus={false}
        allowDeselect={false}
        aria-label={label}
        title={shown}
        placeholder={placeholder}
        disabled={disabled ?? false}
        data={[...choices]}
        value={value}
        // A field for each of many rows: their lists are drawn where they are opened.
        comboboxProps={{ width: "max-content", position: "bottom-start", keepMounted: false }}
        maxDropdownHeight={320}
        renderOption={({ option }) => (
          <bdi className="name" style={{ maxWidth: "24rem" }} title={option.label}>
            {option.label}
          </bdi>
        )}
        onChange={(next) => {
          if (next !== null && next !== value) onDecide(decisionOf(next));
        }}
      />
    </div>
  );
}
