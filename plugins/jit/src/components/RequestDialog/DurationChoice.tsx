import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import Chip from '@material-ui/core/Chip';
import Slider from '@material-ui/core/Slider';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const useStyles = makeStyles(theme => ({
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
  chip: { margin: 0 },
  slider: { padding: theme.spacing(0, 2) },
  mark: { whiteSpace: 'nowrap' },
}));

interface DurationChoiceProps {
  offer: ProfileOffer;
  valueMs: number;
  onChange: (durationMs: number) => void;
  /** What the choice comes to. */
  words: string;
}

/** The usual lengths as chips, any other by a slider that ends at the maximum. */
export const DurationChoice = (props: DurationChoiceProps) => {
  const { offer, valueMs, onChange, words } = props;
  const classes = useStyles();
  const t = useTranslate();
  const { maximumMs } = offer.duration;
  const step = stepFor(maximumMs);

  return (
    <div>
      <Typography id="jit-duration" variant="subtitle2" component="h3">
        <strong>{t('request.duration')}</strong>
      </Typography>
      <div
        className={classes.chips}
        role="group"
        aria-labelledby="jit-duration"
      >
        {choicesOf(offer).map(choice => (
          <Chip
            key={choice}
            className={classes.chip}
            clickable
            label={durationWords(t, choice)}
            color={choice === valueMs ? 'primary' : 'default'}
            aria-pressed={choice === valueMs}
            onClick={() => onChange(choice)}
          />
        ))}
      </div>
      <div className={classes.slider}>
        <Slider
          value={valueMs}
          min={Math.min(step, maximumMs)}
          max={maximumMs}
          step={step}
          onChange={(_, value) => onChange(Math.min(maximumMs, Number(value)))}
          aria-label={t('request.otherDuration')}
          getAriaValueText={value => durationWords(t, value)}
          valueLabelDisplay="off"
          marks={[{ value: maximumMs, label: durationWords(t, maximumMs) }]}
        />
      </div>
      <Typography variant="body2" aria-live="polite">
        <strong>{words}</strong>
        {' · '}
        {t('request.maximum', { duration: durationWords(t, maximumMs) })}
      </Typography>
    </div>
  );
};

function choicesOf({ duration }: ProfileOffer): number[] {
  const { choicesMs, defaultMs, maximumMs } = duration;
  const choices = choicesMs.length ? choicesMs : [defaultMs, maximumMs];
  return [...new Set(choices)].sort((a, b) => a - b);
}

function stepFor(maximumMs: number): number {
  if (maximumMs <= 30 * MINUTE) {
    return MINUTE;
  }
  if (maximumMs <= 4 * HOUR) {
    return 5 * MINUTE;
  }
  return maximumMs <= 24 * HOUR ? 15 * MINUTE : HOUR;
}
