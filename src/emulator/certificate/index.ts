/** Self-signed certificates. */
export { type Certificate, type CertificateOptions, createCertificate } from './certificate.ts';
