import { CredentialForm } from '@backstage-jit/plugin-jit-common';
import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import { useRef, useState } from 'react';
import { useTranslate } from '../../translation';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(theme => ({
  text: {
    margin: theme.spacing(1.5, 0),
    padding: theme.spacing(1.5),
    maxHeight: 320,
    overflow: 'auto',
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.85rem',
    lineHeight: 1.5,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** One form of the credentials: a text to paste as it stands. */
export const FormView = ({ form }: { form: CredentialForm }) => {
  const classes = useStyles();
  const t = useTranslate();
  const [refused, setRefused] = useState(false);
  const text = useRef<HTMLPreElement>(null);
  const select = () => {
    setRefused(true);
    window.getSelection()?.selectAllChildren(text.current!);
  };

  return (
    <>
      <pre
        ref={text}
        className={classes.text}
        // Long ones scroll, from the keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={form.title}
      >
        {form.value}
      </pre>
      <CopyButton text={form.value} title={form.title} onRefused={select} />
      {refused && (
        <FormHelperText error role="alert">
          {t('credentials.copyFailed')}
        </FormHelperText>
      )}
    </>
  );
};
