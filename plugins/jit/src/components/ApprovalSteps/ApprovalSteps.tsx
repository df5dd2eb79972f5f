import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { describeSteps } from '../../words';
import { Step } from './Step';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 0),
    padding: 0,
    overflowWrap: 'anywhere',
  },
}));

interface ApprovalStepsProps {
  request: Pick<AccessRequest, 'state' | 'steps'>;
}

/** What of a request's approval is done, what is open, and what is to come: who decided, who can, and why not. */
export const ApprovalSteps = ({ request }: ApprovalStepsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const steps = describeSteps(t, request, useNow(30_000));
  if (!steps.length) {
    return null;
  }
  return (
    <ol className={classes.root} aria-label={t('progress.steps')}>
      {steps.map((step, index) => (
        <Step key={index} step={step} />
      ))}
    </ol>
  );
};
