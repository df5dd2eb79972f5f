import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { toLocalField } from '../../time';
import { useTranslate } from '../../translation';
import { PERIODS, TrailPeriod } from './TrailPeriod';

interface PeriodChoiceProps {
  period: TrailPeriod;
  /** Epoch milliseconds. */
  now: number;
  onChange: (part: { period?: string; from?: string; to?: string }) => void;
}

const DAY_MS = 86_400_000;

/** The last days, or any two instants in the reader's own time zone. */
export const PeriodChoice = (props: PeriodChoiceProps) => {
  const { period, now, onChange } = props;
  const t = useTranslate();
  const choose = (chosen: string) =>
    onChange(
      chosen === 'chosen'
        ? { period: chosen, from: new Date(now - DAY_MS).toISOString() }
        : { period: chosen, from: '', to: '' },
    );

  return (
    <>
      <TextField
        id="jit-trail-period"
        select
        size="small"
        variant="outlined"
        label={t('trail.period')}
        value={'days' in period ? String(period.days) : 'chosen'}
        onChange={event => choose(event.target.value)}
      >
        {PERIODS.map(days => (
          <MenuItem key={days} value={String(days)}>
            {t('trail.lastDays', { count: days })}
          </MenuItem>
        ))}
        <MenuItem value="chosen">{t('trail.chosen')}</MenuItem>
      </TextField>
      {!('days' in period) &&
        (['from', 'to'] as const).map(name => (
          <TextField
            key={name}
            id={`jit-trail-${name}`}
            type="datetime-local"
            size="small"
            variant="outlined"
            label={t(`trail.${name}`)}
            InputLabelProps={{ shrink: true }}
            value={period[name] ? toLocalField(Date.parse(period[name]!)) : ''}
            onChange={({ target }) =>
              onChange({
                [name]: target.value && new Date(target.value).toISOString(),
              })
            }
          />
        ))}
    </>
  );
};
