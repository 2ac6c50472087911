import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../i18n/i18n.ts';
import { Field } from '../ui/field.tsx';
import { Segments } from '../ui/segments.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { inLanguage } from './starters.ts';
import { charsLeft, type Faults, maxChars, type TextField, type TwinValues } from './twin-values.ts';

/** The counter shows from here on. */
const COUNTER_FROM = 0.7;

export type FieldsProps = {
  values: TwinValues;
  onChange: (values: TwinValues) => void;
  faults: Faults;
};

/** Which language the twin speaks. */
export function LanguageField({ values, onChange }: Pick<FieldsProps, 'values' | 'onChange'>) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <span id={id} className="text-sm font-medium">
        {t('studio.fields.language')}
      </span>
      <Segments
        value={values.language}
        onChange={(language) => onChange(inLanguage(values, language))}
        options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
        labelledBy={id}
      />
    </div>
  );
}

/** Who the twin is, in its creator's words. */
export function TwinFields({ values, onChange, faults }: FieldsProps) {
  const { t } = useTranslation();
  const field = (name: TextField) => {
    const fault = faults[name];
    return {
      label: t(`studio.fields.${name}`),
      hint: t(`studio.fields.${name}Hint`),
      error: fault && t(`studio.faults.${fault}`, { count: maxChars[name] }),
      value: values[name],
      lang: values.language,
      required: true,
      onChange: (event: { target: { value: string } }) => onChange({ ...values, [name]: event.target.value }),
    };
  };
  const counter = (name: TextField) => {
    const left = charsLeft(name, values[name]);
    if (left < 0) return t('conversation.over', { count: -left });
    return left < maxChars[name] * (1 - COUNTER_FROM) ? t('conversation.left', { count: left }) : undefined;
  };
  return (
    <div className="grid gap-5">
      <Field {...field('name')} autoComplete="off" />
      <Field {...field('tagline')} autoComplete="off" />
      <TextArea {...field('persona')} counter={counter('persona')} rows={5} />
      <TextArea {...field('greeting')} counter={counter('greeting')} rows={2} />
    </div>
  );
}
