import { useState } from 'react';
import { hueOf, Initials } from './initials.tsx';

type Props = {
  name: string;
  /** None: the initials stand for it, as where it cannot be loaded. */
  src: string | undefined;
  /** Empty where the name stands beside it. */
  alt: string;
  /** Its size, and the form of its edge. */
  className?: string;
  initials?: 'normal' | 'large';
};

/** A picture of somebody, in a place of fixed size; loaded when it comes near the view. */
export function Portrait({ name, src, alt, className = '', initials = 'normal' }: Props) {
  const [broken, setBroken] = useState<string>();
  return (
    <span
      className={`card-light relative grid shrink-0 place-items-center overflow-hidden ${className}`}
      style={{ '--hue': hueOf(name) } as React.CSSProperties}
    >
      {src === undefined || src === broken ? (
        <Initials name={name} size={initials} bare />
      ) : (
        <img
          src={src}
          alt={alt}
          width={512}
          height={512}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(src)}
          className="absolute inset-0 size-full object-cover object-[50%_35%]"
        />
      )}
    </span>
  );
}
