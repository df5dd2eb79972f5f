import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { FormEvent, KeyboardEvent, useState } from 'react';
import { useAction, useNow } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { ReasonField } from '../Field';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { Askable } from './Askable';
import { BreakGlassEntry } from './BreakGlassEntry';
import { canBreakGlass } from './canBreakGlass';
import { draftProblems, fieldProblem, hasProblem } from './draftProblems';
import { DurationChoice } from './DurationChoice';
import { ForecastPanel } from './ForecastPanel';
import { ParameterFields } from './ParameterFields';
import { ProfileChoice } from './ProfileChoice';
import { StartChoice } from './StartChoice';
import { SubjectChoice } from './SubjectChoice';
import { AskedFor, startOf, toCreateRequest } from './toCreateRequest';
import { useForecast } from './useForecast';
import { useRequestDraft } from './useRequestDraft';

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
  // So that only the middle scrolls, and the buttons stay in view.
  form: {
    display: 'flex',
    flexDirection: 'column',
    flex: 1,
    minHeight: 0,
  },
}));

interface RequestDialogProps {
  entityRef: string;
  entityName: string;
  /** Those that can be asked for; at least one. */
  offers: Askable[];
  /** The one that was clicked on. */
  initial: Askable;
  onClose: () => void;
}

/** Asks for something: says live what will happen, and loses nothing that was typed. */
export const RequestDialog = (props: RequestDialogProps) => {
  const { entityRef, entityName, offers, initial, onClose } = props;
  const classes = useStyles();
  const t = useTranslate();
  const small = useMediaQuery(useTheme().breakpoints.down('xs'));
  const now = useNow(15_000);
  const { draft, offer, restored, change, choose, discard } = useRequestDraft({
    entityRef,
    offers,
    initial,
  });
  const [insisted, setInsisted] = useState(false);
  const [typing, setTyping] = useState(true);

  const asked = toCreateRequest({ draft, offer, entityRef });
  const seen = draftProblems(t, { draft, offer, now });
  const forecast = useForecast(hasProblem(seen) ? undefined : asked);
  const create = useAction<AskedFor>((api, request, options) =>
    api.createRequest(request, options),
  );
  const told =
    fieldProblem(t, create.error, offer) ??
    fieldProblem(t, forecast.old ? undefined : forecast.error, offer);

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setInsisted(true);
    if (!hasProblem(seen) && (await create.run(asked))) {
      discard();
      onClose();
    }
  };
  const onReasonKey = (event: KeyboardEvent) => {
    const composing = event.nativeEvent.isComposing;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      submit();
    }
  };
  const changeAndForgive = (part: Parameters<typeof change>[0]) => {
    create.reset();
    change(part);
  };

  const { example, required } = offer.reason;
  // Nobody is told off while still typing.
  const reasonProblem = (insisted && seen.reason) || told?.reason;
  const hint = example ? t('request.reasonExample', { example }) : undefined;
  const start = startOf(draft);
  const length = durationWords(t, draft.durationMs);
  const until = formatInstant((start?.getTime() ?? now) + draft.durationMs, {
    now,
  });
  const missingWords = () => {
    if (!hasProblem(seen)) {
      return told ? t('request.fillIn') : undefined;
    }
    const onlyReason = !hasProblem({ ...seen, reason: undefined });
    return t(onlyReason ? 'request.needsReason' : 'request.fillIn');
  };

  return (
    <Dialog
      open
      fullWidth
      fullScreen={small}
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby="jit-request-title"
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <DialogTitle id="jit-request-title" className={classes.title}>
          {t('request.title', { name: entityName })}
        </DialogTitle>
        <DialogContent dividers className={classes.content}>
          {restored && (
            <Typography variant="body2" role="status">
              {t('request.restored')}
            </Typography>
          )}
          <ProfileChoice
            offers={offers}
            value={offer.profileId}
            onChange={chosen => {
              create.reset();
              choose(chosen);
            }}
          />
          {offer.onBehalf && (
            <SubjectChoice
              offer={offer}
              value={draft.subject}
              problem={(insisted && seen.subject) || told?.subject}
              onChange={subject => changeAndForgive({ subject })}
            />
          )}
          <ReasonField
            id="jit-reason"
            label={t(required ? 'request.reason' : 'request.reasonOptional')}
            required={required}
            value={draft.reason}
            onChange={event => changeAndForgive({ reason: event.target.value })}
            onKeyDown={onReasonKey}
            onBlur={() => setTyping(false)}
            onFocus={() => setTyping(true)}
            error={Boolean(reasonProblem) && (insisted || !typing)}
            helperText={reasonProblem || hint}
          />
          <DurationChoice
            offer={offer}
            valueMs={draft.durationMs}
            onChange={durationMs => changeAndForgive({ durationMs })}
            words={t('request.chosen', { duration: length, time: until })}
          />
          <StartChoice
            value={draft.startsAt}
            problem={seen.startsAt ?? told?.startsAt}
            onChange={startsAt => changeAndForgive({ startsAt })}
            now={now}
          />
          {offer.parameters && (
            <ParameterFields
              parameters={offer.parameters}
              values={draft.parameters}
              problems={{
                ...(insisted && seen.parameters),
                ...told?.parameters,
              }}
              onChange={(name, value) =>
                changeAndForgive({
                  parameters: { ...draft.parameters, [name]: value },
                })
              }
            />
          )}
          {create.busy && <Waiting>{t('request.submitting')}</Waiting>}
          {create.error && !told && (
            <Problem error={create.error} onRetry={submit} />
          )}
          {!create.busy && (!create.error || told) && (
            <ForecastPanel
              forecast={forecast}
              missing={missingWords()}
              later={Boolean(start)}
              forOther={draft.subject !== undefined}
            />
          )}
          {canBreakGlass(offer) && (
            <BreakGlassEntry
              offer={offer}
              entityRef={entityRef}
              onDone={() => {
                discard();
                onClose();
              }}
            />
          )}
        </DialogContent>
        <DialogActions>
          <Button
            onClick={() => {
              discard();
              onClose();
            }}
          >
            {t('request.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={create.busy}
          >
            {t(create.busy ? 'request.submitting' : 'request.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
