import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { durationWords, toLocalField } from '../../time';
import { useTranslate } from '../../translation';
import { Field } from '../Field';
import { DecisionDraft } from './decisionDraft';
import { lengthOf } from './inboxEntries';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHOICES_MS = [
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  24 * HOUR,
  72 * HOUR,
];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    '& > *': { flex: '1 1 220px' },
  },
}));

interface GiveLessProps {
  request: AccessRequest;
  draft: DecisionDraft;
  problem?: string;
  now: number;
  onChange: (part: Partial<DecisionDraft>) => void;
}

/** A shorter time or a later start than what was asked for. A later end goes on where the lease would end. */
export const GiveLess = (props: GiveLessProps) => {
  const { request, draft, problem, now, onChange } = props;
  const classes = useStyles();
  const t = useTranslate();
  const asked = lengthOf(request);
  const earliest = Math.max(now, Date.parse(request.startsAt ?? '') || 0);

  return (
    <div className={classes.root}>
      <Field
        id={`jit-length-${request.id}`}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={t('inbox.lessLength')}
        value={draft.durationMs ?? asked}
        onChange={event => {
          const durationMs = Number(event.target.value);
          onChange({ durationMs: durationMs < asked ? durationMs : undefined });
        }}
      >
        {CHOICES_MS.filter(choice => choice < asked).map(choice => (
          <option key={choice} value={choice}>
            {durationWords(t, choice)}
          </option>
        ))}
        <option value={asked}>
          {t('inbox.asAsked', { duration: durationWords(t, asked) })}
        </option>
      </Field>
      {!request.extends && (
        <Field
          id={`jit-start-${request.id}`}
          type="datetime-local"
          label={t('inbox.lessStart')}
          InputLabelProps={{ shrink: true }}
          inputProps={{ min: toLocalField(earliest) }}
          value={draft.startsAt}
          error={Boolean(problem)}
          helperText={problem ?? t('inbox.lessStartHelp')}
          onChange={event => onChange({ startsAt: event.target.value })}
        />
      )}
    </div>
  );
};
