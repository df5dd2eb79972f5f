import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import { toLocalField } from '../../time';
import { useTranslate } from '../../translation';
import { Field } from '../Field';

interface StartChoiceProps {
  /** As a datetime-local field has it; undefined for now. */
  value?: string;
  problem?: string;
  onChange: (startsAt: string | undefined) => void;
  /** What is proposed for later, in epoch milliseconds. */
  now: number;
}

/** Now, or a time in the reader's own time zone. */
export const StartChoice = (props: StartChoiceProps) => {
  const { value, problem, onChange, now } = props;
  const t = useTranslate();

  return (
    <FormControl component="fieldset">
      <Typography variant="subtitle2" component="legend">
        <strong>{t('request.start')}</strong>
      </Typography>
      <RadioGroup
        row
        value={value === undefined ? 'now' : 'later'}
        onChange={event =>
          onChange(
            event.target.value === 'now'
              ? undefined
              : toLocalField(nextFullHour(now)),
          )
        }
      >
        <FormControlLabel
          value="now"
          control={<Radio color="primary" />}
          label={t('request.now')}
        />
        <FormControlLabel
          value="later"
          control={<Radio color="primary" />}
          label={t('request.later')}
        />
        {value !== undefined && (
          <Field
            id="jit-starts-at"
            type="datetime-local"
            label={t('request.startsAt')}
            InputLabelProps={{ shrink: true }}
            value={value}
            error={Boolean(problem)}
            helperText={problem}
            onChange={event => onChange(event.target.value)}
          />
        )}
      </RadioGroup>
    </FormControl>
  );
};

const HOUR_MS = 3_600_000;

/** The next full hour, at least half an hour away. */
function nextFullHour(now: number): number {
  return Math.ceil((now + HOUR_MS / 2) / HOUR_MS) * HOUR_MS;
}
