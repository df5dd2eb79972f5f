import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useAction, useNow } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { ReasonField } from '../Field';
import { Problem } from '../Problem';
import { Askable } from './Askable';
import { BreakGlassToll } from './BreakGlassToll';
import { draftProblems, fieldProblem, hasProblem } from './draftProblems';
import { DurationChoice } from './DurationChoice';
import { ForecastPanel } from './ForecastPanel';
import { ParameterFields } from './ParameterFields';
import { newDraft, RequestDraft } from './RequestDraft';
import { AskedFor, toCreateRequest } from './toCreateRequest';
import { useForecast } from './useForecast';
import { useWarningStyles } from './useWarningStyles';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'grid',
    gap: theme.spacing(2.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    // Rather scrolled than squeezed.
    gridAutoRows: 'max-content',
    paddingBottom: theme.spacing(2),
  },
  title: { overflowWrap: 'anywhere' },
}));

interface BreakGlassDialogProps {
  offer: Askable;
  entityRef?: string;
  /** What else is to be known of it just now. */
  note?: string;
  onClose: () => void;
  onDone: () => void;
}

/**
 * Goes in without approval. Nothing is brought along from the usual dialog and no key submits it: a reason for the emergency is typed, and a
 * box is ticked.
 */
export const BreakGlassDialog = (props: BreakGlassDialogProps) => {
  const { entityRef, note, onClose, onDone } = props;
  const classes = useStyles();
  const warning = useWarningStyles();
  const t = useTranslate();
  const now = useNow(15_000);
  const { reason } = props.offer;
  const offer = { ...props.offer, reason: { ...reason, required: true } };
  const [draft, setDraft] = useState<RequestDraft>(() => ({
    ...newDraft(offer),
    subject: undefined,
  }));
  const [confirmed, setConfirmed] = useState(false);

  const seen = draftProblems(t, { draft, offer, now });
  const asked: AskedFor = {
    ...toCreateRequest({ draft, offer, entityRef }),
    breakGlass: true,
  };
  const forecast = useForecast(hasProblem(seen) ? undefined : asked);
  const create = useAction<AskedFor>((api, request, options) =>
    api.createRequest(request, options),
  );
  const told =
    fieldProblem(t, create.error, offer) ??
    fieldProblem(t, forecast.old ? undefined : forecast.error, offer);
  const change = (part: Partial<RequestDraft>) => {
    create.reset();
    setDraft(before => ({ ...before, ...part }));
  };
  const breakIt = async () => {
    if (await create.run(asked)) {
      onDone();
    }
  };
  const { durationMs } = draft;
  const until = now + durationMs;

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="jit-break-glass-title"
    >
      <DialogTitle id="jit-break-glass-title" className={classes.title}>
        {t('breakGlass.title', { title: offer.title })}
      </DialogTitle>
      <DialogContent dividers className={classes.content}>
        <BreakGlassToll
          note={note}
          told={forecast.preview?.breakGlass?.told}
          reviewDueAt={until + (offer.breakGlass?.reviewWithinMs ?? 0)}
          now={now}
        />
        <ReasonField
          id="jit-break-glass-reason"
          label={t('breakGlass.reason')}
          required
          value={draft.reason}
          onChange={event => change({ reason: event.target.value })}
          error={Boolean(told?.reason)}
          helperText={
            told?.reason ??
            (reason.example &&
              t('request.reasonExample', { example: reason.example }))
          }
        />
        <DurationChoice
          offer={offer}
          valueMs={durationMs}
          onChange={chosen => change({ durationMs: chosen })}
          words={t('request.chosen', {
            duration: durationWords(t, durationMs),
            time: formatInstant(until, { now }),
          })}
        />
        {offer.parameters && (
          <ParameterFields
            parameters={offer.parameters}
            values={draft.parameters}
            problems={told?.parameters ?? {}}
            onChange={(name, value) =>
              change({ parameters: { ...draft.parameters, [name]: value } })
            }
          />
        )}
        {create.error && !told ? (
          <Problem error={create.error} onRetry={breakIt} />
        ) : (
          <ForecastPanel
            forecast={forecast}
            missing={hasProblem(seen) || told ? t('request.fillIn') : undefined}
            later={false}
            forOther={false}
          />
        )}
        <FormControlLabel
          control={
            <Checkbox
              color="primary"
              checked={confirmed}
              onChange={(_, checked) => setConfirmed(checked)}
            />
          }
          label={t('breakGlass.confirm')}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('breakGlass.cancel')}</Button>
        <Button
          variant="contained"
          className={warning.contained}
          disabled={!confirmed || hasProblem(seen) || create.busy}
          onClick={breakIt}
        >
          {t(create.busy ? 'breakGlass.submitting' : 'breakGlass.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
