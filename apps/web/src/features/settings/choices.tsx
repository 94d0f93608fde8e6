import { useId } from 'react';

interface ChoicesProps<Id extends string> {
  legend: string;
  value: Id;
  options: readonly { id: Id; label: string }[];
  onChange: (id: Id) => void;
}

/** A few possibilities, all of them in sight. */
export const Choices = <Id extends string>({ legend, value, options, onChange }: ChoicesProps<Id>) => {
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="settings-row">
        {options.map(({ id, label }) => (
          <label key={id}>
            <input type="radio" name={name} checked={value === id} onChange={() => onChange(id)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

interface CheckProps {
  label: string;
  hint?: string | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export const Check = ({ label, hint, isOn, onChange }: CheckProps) => {
  const id = useId();
  return (
    <>
      <label className="settings-check">
        <input type="checkbox" checked={isOn} aria-describedby={hint === undefined ? undefined : id} onChange={(event) => onChange(event.currentTarget.checked)} />
        {label}
      </label>
      {hint === undefined ? null : (
        <p className="settings-hint" id={id}>
          {hint}
        </p>
      )}
    </>
  );
};
