import { OfferedParameter } from '@backstage-jit/plugin-jit-common';
import MenuItem from '@material-ui/core/MenuItem';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { Field } from '../Field';

interface ParameterFieldsProps {
  parameters: OfferedParameter[];
  values: Record<string, string>;
  problems: Record<string, string>;
  onChange: (name: string, value: string) => void;
}

/** What the profile wants to be told besides: a choice where it names the values, else a text. */
export const ParameterFields = (props: ParameterFieldsProps) => {
  const { parameters, values, problems, onChange } = props;
  const t = useTranslate();

  return (
    <div role="group" aria-labelledby="jit-parameters">
      <Typography id="jit-parameters" variant="subtitle2" component="h3">
        <strong>{t('request.parameters')}</strong>
      </Typography>
      {parameters.map(({ name, choices }) => (
        <Field
          key={name}
          id={`jit-parameter-${name}`}
          label={name}
          value={values[name] ?? ''}
          error={Boolean(problems[name])}
          helperText={problems[name]}
          onChange={event => onChange(name, event.target.value)}
          select={Boolean(choices)}
          required
          fullWidth
          variant="outlined"
          margin="dense"
        >
          {choices?.map(choice => (
            <MenuItem key={String(choice)} value={JSON.stringify(choice)}>
              {String(choice)}
            </MenuItem>
          ))}
        </Field>
      ))}
    </div>
  );
};
