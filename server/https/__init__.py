"""The app for phones on the local network: the deployment's certificate authority, TLS, the page that explains it.

A service worker and the camera want a trusted https address, and a self-signed certificate is not enough for the
service worker. So each deployment is its own small authority, kept in the data folder; a phone trusts it once.
"""
