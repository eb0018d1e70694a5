"""Evidence over HTTP."""

from ninja import Router

from crossforce.evidence.endpoints import (
    annotations,
    cases,
    continuity,
    copies,
    cuts,
    disclosure,
    disposals,
    docks,
    galleries,
    listing,
    originals,
    packages,
    proofs,
    redactions,
    shares,
    subjects,
    unpacking,
    viewing,
)

router = Router()
router.add_router("", listing.router)
router.add_router("", originals.router)
router.add_router("", continuity.router)
router.add_router("", galleries.router)
router.add_router("", cases.router)
router.add_router("", disposals.router)
router.add_router("", disclosure.router)
router.add_router("", shares.router)
router.add_router("", copies.router)
router.add_router("", proofs.router)
router.add_router("", subjects.router)
router.add_router("", unpacking.router)
router.add_router("", packages.router)
router.add_router("", redactions.router)
router.add_router("", cuts.router)
router.add_router("", viewing.router)
router.add_router("", docks.router)
router.add_router("", annotations.router)
