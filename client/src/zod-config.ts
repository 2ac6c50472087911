import { z } from 'zod';

// The page's content security policy forbids the code that zod would otherwise generate. It has to be said before the
// first schema is made, so this file is imported first.
z.config({ jitless: true });
