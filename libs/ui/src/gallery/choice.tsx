interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly T[];
  onChange: (value: T) => void;
}

/** One of few, as buttons. */
export const Choice = <T extends string>({ label, value, options, onChange }: ChoiceProps<T>) => (
  <span role="group" aria-label={label} className="ow-gallery-choice">
    <span className="ow-dim">{label}</span>
    {options.map((option) => (
      <button key={option} type="button" className="ow-filter" aria-pressed={option === value} onClick={() => onChange(option)}>
        {option}
      </button>
    ))}
  </span>
);
