import { type FormEvent, useId } from 'react';
import { LOG_LEVELS, type LogFilter, type LogLevel } from '../../api/logs';

type LogFiltersProps = {
  filter: LogFilter;
  onChange: (next: LogFilter) => void;
  live: boolean;
  onLive: (live: boolean) => void;
};

export function LogFilters({ filter, onChange, live, onLive }: LogFiltersProps) {
  const level = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim() || undefined;
    onChange({
      text: text('text'),
      worker: text('worker'),
      correlation: text('correlation')?.toLowerCase(),
      instance_id: Number(text('instance')) || undefined,
    });
  };
  // A filter that changes elsewhere, such as by a click in the table, shows in its field.
  const key = JSON.stringify(filter);
  return (
    <form className="log-filters" key={key} onSubmit={submit} aria-label="Filters">
      <span className="log-field">
        <label htmlFor={level}>Level</label>
        <select
          id={level}
          className="select"
          value={filter.level ?? 'TRACE'}
          onChange={(event) => onChange({ level: event.currentTarget.value as LogLevel })}
        >
          {LOG_LEVELS.map((name) => (
            <option key={name} value={name}>
              {name === 'TRACE' ? 'All' : name === 'ERROR' ? name : `${name} and above`}
            </option>
          ))}
        </select>
      </span>
      <Field name="text" label="Text" value={filter.text} />
      <Field name="worker" label="Worker" value={filter.worker} />
      <Field name="instance" label="Instance" value={filter.instance_id?.toString()} />
      <Field name="correlation" label="Correlation" value={filter.correlation} />
      <button type="submit" className="button small">
        Search
      </button>
      <label className="log-live">
        <input
          type="checkbox"
          checked={live}
          onChange={(event) => onLive(event.currentTarget.checked)}
        />
        Live
      </label>
    </form>
  );
}

type FieldProps = { name: string; label: string; value: string | undefined };

function Field({ name, label, value }: FieldProps) {
  const id = useId();
  return (
    <span className="log-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} name={name} className="select" defaultValue={value ?? ''} maxLength={200} />
    </span>
  );
}
